package assent.device;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The setting of a registration PIN, one at a time. The PIN is not kept on the device.
///
/// Confined to its device's event loop.
final class PinSettings {
    private final DeviceContext device;
    private Optional<CompletableFuture<PinSetAnswer>> asked = Optional.empty();

    PinSettings(DeviceContext device) {
        this.device = device;
    }

    void ask(Connector connector, String pin, CompletableFuture<PinSetAnswer> promise) {
        if (asked.isPresent()) {
            promise.completeExceptionally(
                    new IllegalStateException("a PIN is being set: wait for the answer before setting another"));
            return;
        }
        Optional<Session> session = connector.session();
        if (session.isEmpty()) {
            tell(promise, new PinSetAnswer.NotSignedIn());
            return;
        }
        asked = Optional.of(promise);
        session.get().setPin(new DeviceFrame.SetPin(pin));
    }

    /// @return whether the frame answers what was asked
    boolean onFrame(GatewayFrame frame) {
        Optional<PinSetAnswer> answer = frame instanceof GatewayFrame.PinSet
                ? Optional.of(new PinSetAnswer.Set())
                : frame instanceof GatewayFrame.Refused refused ? Optional.of(Refused.of(refused)) : Optional.empty();
        if (answer.isEmpty() || asked.isEmpty()) {
            return false;
        }
        answer(answer.get());
        return true;
    }

    void disconnected() {
        answer(new PinSetAnswer.NotSignedIn());
    }

    private void answer(PinSetAnswer answer) {
        asked.ifPresent(promise -> tell(promise, answer));
        asked = Optional.empty();
    }

    private void tell(CompletableFuture<PinSetAnswer> promise, PinSetAnswer answer) {
        device.callbacks().run(() -> promise.complete(answer));
    }
}
