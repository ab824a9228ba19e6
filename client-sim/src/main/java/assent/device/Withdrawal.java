package assent.device;

import assent.protocol.Bytes;
import assent.protocol.GatewayFrame;
import assent.protocol.consent.WithdrawalRequest;
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

    /// Asks the gateway if it can be asked now, or soon; otherwise the wish waits, and the app knows.
    void carryOut() {
        if (!(core.standing() instanceof Standing.WithdrawalPending(var activation, var requestedAt))) {
            return;
        }
        switch (core.connector().state()) {
            case ConnectionState.Active(var session) -> session.withdraw(activation, requestedAt);
            // Signing in, or its end, comes back here; being asked already, the gateway's answer does the rest.
            case ConnectionState.Connecting(),
                    ConnectionState.Greeting(),
                    ConnectionState.SigningIn _,
                    ConnectionState.Withdrawing _ -> {}
            case ConnectionState.Activating _, ConnectionState.SwitchingOff _, ConnectionState.Ended() ->
                answer(new WithdrawalAnswer.KeptPending());
        }
    }

    /// A frame that comes while the gateway's certificate is awaited.
    ///
    /// @return whether it is legal then
    boolean onFrame(GatewayFrame frame, WithdrawalRequest request, Connection connection) {
        if (frame instanceof GatewayFrame.Withdrawn(var certificate, var signature)) {
            connection.answered();
            onCertificate(certificate, signature, request.requestedAt());
            return true;
        }
        if (Exporting.concerns(frame)) {
            core.exporting().disconnected();
            return true;
        }
        if (core.pins().onFrame(frame)) {
            return true; // asked before the withdrawal, and answered before it
        }
        if (frame instanceof GatewayFrame.Refused(var reason, var retryAfter, var _)) {
            // The wish stays pending; connecting again repeats it, with that connection's nonce.
            connection.end(new Disconnection.Goodbye(reason, retryAfter));
            return true;
        }
        // Left to the user's wish: neither kept, nor shown, nor acknowledged.
        return frame instanceof GatewayFrame.Deliver
                || frame instanceof GatewayFrame.SendResult
                || frame instanceof GatewayFrame.RenewalRequired
                || frame instanceof GatewayFrame.ConsentRenewed
                || frame instanceof GatewayFrame.DeliveryReceipt
                || frame instanceof GatewayFrame.InquiryAnswer
                || frame instanceof GatewayFrame.BlockAnswer;
    }

    private void onCertificate(Bytes certificate, Bytes signature, Instant requestedAt) {
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

    /// A gateway that does not know this device any more has carried the wish out, and its certificate
    /// was lost on the way (`docs/protocol.md`, "Withdrawal"): everything here is destroyed.
    StopReason meaningOf(StopReason reason) {
        boolean gone = switch (reason) {
            case SIGN_IN_REFUSED, ACTIVATION_REPLACED, WITHDRAWN -> true;
            case SESSION_TAKEN_OVER, VERSION_UNSUPPORTED, SENT_AWAY, STORE_FAILED -> false;
        };
        if (!gone || !(core.standing() instanceof Standing.WithdrawalPending)) {
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
