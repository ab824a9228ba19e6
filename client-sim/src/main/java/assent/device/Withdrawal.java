package assent.device;

import assent.protocol.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The user's off switch: the wish is made safe, the gateway is asked at once or at the next
/// connection, its certificate is checked, and only then everything here is destroyed.
///
/// Confined to its device's event loop.
final class Withdrawal {
    private final DeviceContext device;
    private final DeviceCore core;
    private Optional<CompletableFuture<WithdrawalAnswer>> promise = Optional.empty();

    Withdrawal(DeviceContext device, DeviceCore core) {
        this.device = device;
        this.core = core;
    }

    void ask(CompletableFuture<WithdrawalAnswer> asked) {
        switch (core.standing()) {
            case Standing.NotActivated(), Standing.Withdrawn _ -> tell(asked, new WithdrawalAnswer.NothingToWithdraw());
            case Standing.WithdrawalPending _ -> tell(asked, new WithdrawalAnswer.KeptPending());
            case Standing.Activated(var activation) -> {
                Instant now = device.clock().instant();
                core.become(new Standing.WithdrawalPending(activation, now));
                core.sending().abandon(SendOutcome.NoResultCause.WITHDRAWN);
                promise = Optional.of(asked);
                var write = device.store().write(List.of(new Change.WithdrawalAsked(now)));
                device.durability().after(write, this::carryOut);
            }
        }
    }

    /// Asks the gateway if it can be asked now; otherwise the wish waits, and the app knows.
    void carryOut() {
        if (core.standing() instanceof Standing.WithdrawalPending(var activation, var requestedAt)) {
            core.connector()
                    .session()
                    .ifPresentOrElse(
                            session -> session.withdraw(activation, requestedAt),
                            () -> answer(new WithdrawalAnswer.KeptPending()));
        }
    }

    void onCertificate(Bytes certificate, Bytes signature, Instant requestedAt) {
        if (!(core.standing() instanceof Standing.WithdrawalPending(var activation, var _))) {
            return;
        }
        var fault = Evidence.faultOf(certificate, signature, activation, requestedAt);
        if (fault.isPresent()) {
            answer(new WithdrawalAnswer.Unproven(fault.get()));
            core.connector()
                    .stop(
                            StopReason.SENT_AWAY,
                            new Disconnection.ProtocolBroken("the erasure certificate proves nothing"));
            return;
        }
        var waiting = promise;
        promise = Optional.empty(); // the gateway may close before the certificate is safe
        var erasure = new KeptErasure(certificate, signature, activation.signingKey());
        core.become(new Standing.Withdrawn(erasure));
        var write = device.store().write(List.of(new Change.Erased(erasure)));
        device.durability().after(write, () -> {
            var erased = erasure.parseCertificate();
            waiting.ifPresent(asked -> tell(asked, new WithdrawalAnswer.Erased(erased)));
            device.callbacks().run(() -> device.listener().onWithdrawn(erased));
            core.connector().stop(StopReason.WITHDRAWN, new Disconnection.Asked());
        });
    }

    /// A gateway that does not know this device any more has carried the wish out, and its certificate was
    /// lost on the way (`docs/protocol.md`, "Withdrawal"): everything here is destroyed.
    StopReason meaningOf(StopReason reason) {
        if (reason != StopReason.SIGN_IN_REFUSED || !(core.standing() instanceof Standing.WithdrawalPending)) {
            return reason;
        }
        core.become(new Standing.NotActivated());
        device.durability().after(device.store().write(List.of(new Change.Forgotten())), () -> {});
        return StopReason.WITHDRAWN;
    }

    void disconnected() {
        answer(new WithdrawalAnswer.KeptPending());
    }

    private void answer(WithdrawalAnswer answer) {
        promise.ifPresent(waiting -> tell(waiting, answer));
        promise = Optional.empty();
    }

    private void tell(CompletableFuture<WithdrawalAnswer> waiting, WithdrawalAnswer answer) {
        device.callbacks().run(() -> waiting.complete(answer));
    }
}
