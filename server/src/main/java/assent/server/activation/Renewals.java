package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceFrame.Approval;
import assent.protocol.DeviceFrame.Renewal;
import assent.protocol.Reason;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.Notice;
import assent.protocol.consent.Sha256;
import assent.server.consent.Receipts;
import assent.server.policy.Notices;
import assent.server.store.Activation;
import assent.server.store.Answer;
import assent.server.store.Committer;
import assent.server.store.Consent;
import assent.server.store.Holder;
import assent.server.store.StoreReads;
import assent.server.store.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// An activated device's approval of a newer notice: checks it like the first one, and lets the
/// activation rest on it in one durable step. Thread-safe.
public final class Renewals {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Committer committer;
    private final StoreReads reads;
    private final Receipts receipts;
    private final Clock clock;

    Renewals(Committer committer, StoreReads reads, Receipts receipts, Clock clock) {
        this.committer = committer;
        this.reads = reads;
        this.receipts = receipts;
        this.clock = clock;
    }

    /// What became of a renewal.
    public sealed interface Result {
        record Renewed(Activation activation) implements Result {}

        /// The activation is gone, or rests on another consent by now.
        record Changed() implements Result {}

        record Refused(Reason reason, Optional<Duration> retryAfter) implements Result {}
    }

    /// The notice that the user is asked to approve: in the language of the one before.
    public static Notice noticeFor(Holder holder, Notices notices) {
        return notices.in(holder.locale());
    }

    /// Whether the renewal is the user's yes to this notice, by the activation's own key. The order is
    /// that of an approval; the key comes last. A pure function.
    public static ApprovalCheck.Verdict judge(Renewal renewal, Notice notice, Holder holder, Bytes serverNonce) {
        var approval = new Approval(renewal.grant(), renewal.signature());
        var verdict = ApprovalCheck.check(approval, notice, holder.number().callingCode(), serverNonce);
        return verdict instanceof ApprovalCheck.Verdict.Good(var grant)
                        && !grant.deviceKey().equals(holder.deviceKey())
                ? new ApprovalCheck.Verdict.Bad(Reason.KEY_MISMATCH)
                : verdict;
    }

    /// Keeps the approval, in the place of the one before.
    ///
    /// @param grant judged good, over `notice`
    /// @param signature the device key's over the grant
    public void renew(
            Holder holder, ConsentGrant grant, Bytes signature, Notice notice, Executor loop, Consumer<Result> reply) {
        withActivation(holder, loop, reply, activation -> renew(activation, grant, signature, notice, loop, reply));
    }

    /// Gives the receipt once more, if the activation rests on this very grant already: the receipt was lost
    /// on the way.
    public void repeat(Holder holder, Bytes grant, Executor loop, Consumer<Result> reply) {
        withActivation(holder, loop, reply, activation -> {
            boolean isInForce =
                    ConsentReceipt.parse(activation.receipt()).grantHash().equals(Sha256.of(grant));
            reply.accept(
                    isInForce
                            ? new Result.Renewed(activation)
                            : new Result.Refused(Reason.RENEWAL_NOT_ASKED, Optional.empty()));
        });
    }

    /// Goes on with the holder's activation, if it still rests on the same consent.
    private void withActivation(Holder holder, Executor loop, Consumer<Result> reply, Consumer<Activation> next) {
        reads.read(store -> store.activation(holder.deviceId()), loop, answer -> {
            switch (answer) {
                case Answer.Value<Optional<Activation>>(var found) ->
                    found.filter(activation -> activation.consentId().equals(holder.consentId()))
                            .ifPresentOrElse(next, () -> reply.accept(new Result.Changed()));
                case Answer.Unavailable<Optional<Activation>> ignored -> reply.accept(unavailable());
            }
        });
    }

    private void renew(
            Activation activation,
            ConsentGrant grant,
            Bytes signature,
            Notice notice,
            Executor loop,
            Consumer<Result> reply) {
        Instant now = clock.instant();
        var consent = new Consent(ConsentId.random(), grant.canonical(), signature, notice.canonical(), now);
        var receipt = receipts.receipt(
                consent.id(),
                activation.deviceId(),
                grant,
                notice,
                ConsentReceipt.parse(activation.receipt()).proofMethod(),
                now,
                activation.activatedAt());
        var renewed = activation.on(consent.id(), notice.version(), receipt.canonical(), receipt.signature());
        committer.submit(new Write.Renew(activation.consentId(), consent, renewed), loop, answer -> {
            switch (answer) {
                case Answer.Value<Write.RenewResult>(Write.Renewed ignored) ->
                    reply.accept(new Result.Renewed(renewed));
                case Answer.Value<Write.RenewResult>(Write.NotRenewed ignored) -> reply.accept(new Result.Changed());
                case Answer.Unavailable<Write.RenewResult> ignored -> reply.accept(unavailable());
            }
        });
    }

    private static Result unavailable() {
        return new Result.Refused(Reason.STORE_UNAVAILABLE, Optional.of(RETRY_AFTER));
    }
}
