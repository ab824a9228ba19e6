package assent.device;

import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.MalformedDocument;
import assent.protocol.consent.Notice;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The user's yes to a newer notice: made safe, sent, and kept until its receipt is here.
///
/// If the answer is lost, the same bytes go out again after the next sign-in: the gateway either has
/// them and sends the receipt, or refuses their nonce, which is that of another connection. Then the
/// same yes is signed anew, provided that it is still the same notice.
///
/// Confined to its device's event loop.
final class Renewal {
    private final DeviceContext device;
    private final DeviceCore core;
    private Optional<NewNotice> asked = Optional.empty();
    private Optional<CompletableFuture<RenewalAnswer>> promise = Optional.empty();
    private Sent sent = Sent.NO;

    /// Whether an answer is awaited.
    private enum Sent {
        NO,
        /// Signed for this connection.
        NEW,
        /// Signed for an earlier one, whose answer may have been lost.
        AGAIN
    }

    Renewal(DeviceContext device, DeviceCore core) {
        this.device = device;
        this.core = core;
    }

    /// What the user is asked on this connection.
    Optional<NewNotice> asked() {
        return asked;
    }

    void approve(Notice notice, CompletableFuture<RenewalAnswer> waiting) {
        if (!(core.standing() instanceof Standing.Activated(var activation))
                || asked.isEmpty()
                || !asked.get().notice().equals(notice)
                || sent == Sent.NEW) {
            waiting.completeExceptionally(new IllegalStateException(
                    "renew fits an activated device that was asked about this very notice: call it once, after"
                            + " onNewNotice, with the notice from there"));
            return;
        }
        Optional<Session> session = core.connector().session();
        if (session.isEmpty()) {
            tell(waiting, new RenewalAnswer.NoAnswer());
            return;
        }
        promise = Optional.of(waiting);
        if (sent == Sent.AGAIN) {
            return; // its answer leads on
        }
        send(
                session.get(),
                activation,
                PendingRenewal.sign(
                        notice,
                        activation.number(),
                        activation.key(),
                        session.get().serverNonce(),
                        device.clock().instant()));
    }

    private void send(Session session, KeptActivation activation, PendingRenewal pending) {
        sent = Sent.NEW;
        core.become(new Standing.Activated(activation.renewing(pending)));
        var write = device.store().write(List.of(new Change.Renewing(pending)));
        device.durability().after(write, () -> session.renew(pending.frame()));
    }

    /// The device has signed in: what has no answer yet is sent again.
    void signedIn() {
        if (core.standing() instanceof Standing.Activated(var activation)) {
            activation.renewal().ifPresent(pending -> {
                sent = Sent.AGAIN;
                core.connector().session().ifPresent(session -> session.renew(pending.frame()));
            });
        }
    }

    /// @return whether the frame is legal here
    boolean onFrame(GatewayFrame.RenewalRequired required) {
        try {
            Notice notice = Notice.parse(required.notice());
            var question = new NewNotice(notice, notice.hash(), required.deadline(), required.suspended());
            asked = Optional.of(question);
            device.callbacks().run(() -> device.listener().onNewNotice(question));
            return true;
        } catch (MalformedDocument e) {
            return false;
        }
    }

    boolean onFrame(GatewayFrame.ConsentRenewed renewed) {
        if (sent == Sent.NO || !(core.standing() instanceof Standing.Activated(var activation))) {
            return false;
        }
        sent = Sent.NO;
        var fault = Evidence.faultOf(renewed, activation);
        if (fault.isPresent()) {
            answer(new RenewalAnswer.Unproven(fault.get()));
            return false;
        }
        asked = Optional.empty();
        var papers = activation.renewal().orElseThrow().with(renewed.receipt(), renewed.receiptSignature());
        core.become(new Standing.Activated(activation.renewed(papers)));
        var waiting = promise;
        promise = Optional.empty(); // the connection may end before the receipt is safe
        var write = device.store().write(List.of(new Change.Renewed(papers)));
        device.durability().after(write, () -> {
            ConsentReceipt receipt = papers.parseReceipt();
            waiting.ifPresent(one -> tell(one, new RenewalAnswer.Renewed(receipt)));
            device.callbacks().run(() -> device.listener().onRenewed(receipt));
            core.sending().signedIn();
        });
        return true;
    }

    boolean onFrame(GatewayFrame.Refused refused) {
        if (sent == Sent.NO || !(core.standing() instanceof Standing.Activated(var activation))) {
            return false;
        }
        boolean wasStale = sent == Sent.AGAIN && refused.reason() == Reason.NONCE_MISMATCH;
        sent = Sent.NO;
        if (wasStale && signAnew(activation)) {
            return true;
        }
        if (refused.retryAfter().isEmpty()) {
            core.become(new Standing.Activated(activation.notRenewing()));
            device.store().writeSoon(new Change.RenewalDropped());
        }
        answer(new RenewalAnswer.NotRenewed(refused.reason(), refused.retryAfter()));
        return true;
    }

    /// The approval of an earlier connection was not stored. It still holds if it is for the notice that
    /// is asked about; so does one that the user has given meanwhile.
    private boolean signAnew(KeptActivation activation) {
        Optional<Session> session = core.connector().session();
        if (session.isEmpty() || asked.isEmpty()) {
            return false;
        }
        PendingRenewal pending = activation.renewal().orElseThrow();
        Notice notice = asked.get().notice();
        boolean same = notice.canonical().equals(pending.notice());
        if (!same && promise.isEmpty()) {
            return false;
        }
        send(
                session.get(),
                activation,
                PendingRenewal.sign(
                        notice,
                        activation.number(),
                        activation.key(),
                        session.get().serverNonce(),
                        same ? pending.approvedAt() : device.clock().instant()));
        return true;
    }

    void disconnected() {
        asked = Optional.empty();
        sent = Sent.NO;
        answer(new RenewalAnswer.NoAnswer());
    }

    private void answer(RenewalAnswer answer) {
        promise.ifPresent(waiting -> tell(waiting, answer));
        promise = Optional.empty();
    }

    private void tell(CompletableFuture<RenewalAnswer> waiting, RenewalAnswer answer) {
        device.callbacks().run(() -> waiting.complete(answer));
    }
}
