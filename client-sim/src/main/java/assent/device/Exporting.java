package assent.device;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The user's question for everything that the gateway holds, one at a time. The answer is collected in
/// memory and kept nowhere.
///
/// Confined to its device's event loop.
final class Exporting {
    /// Longest export that is taken; of a longer one the parts are dropped as they come, and the
    /// answer is [ExportAnswer.TooLarge].
    static final int BYTES_MAX = 64 << 20;

    private final DeviceContext device;
    private @Nullable Export running;
    private @Nullable ScheduledFuture<?> partTimer;

    /// One export under way.
    private static final class Export {
        private final CompletableFuture<ExportAnswer> promise;
        private final ByteArrayOutputStream json = new ByteArrayOutputStream();
        private int part;
        private boolean tooLarge;

        Export(CompletableFuture<ExportAnswer> promise) {
            this.promise = promise;
        }

        void add(byte[] bytes) {
            part++;
            tooLarge |= json.size() + bytes.length > BYTES_MAX;
            if (tooLarge) {
                json.reset();
            } else {
                json.writeBytes(bytes);
            }
        }

        ExportAnswer answer() {
            return tooLarge
                    ? new ExportAnswer.TooLarge(BYTES_MAX)
                    : new ExportAnswer.Exported(Bytes.wrap(json.toByteArray()));
        }
    }

    Exporting(DeviceContext device) {
        this.device = device;
    }

    void ask(Connector connector, CompletableFuture<ExportAnswer> promise) {
        if (running != null) {
            promise.completeExceptionally(
                    new IllegalStateException("an export is coming: wait for it before asking for another"));
            return;
        }
        Optional<Session> session = connector.session();
        if (session.isEmpty()) {
            device.callbacks().run(() -> promise.complete(new ExportAnswer.NotSignedIn()));
            return;
        }
        running = new Export(promise);
        session.get().send(new DeviceFrame.DataRequest());
        awaitPart(session.get());
    }

    /// Each part has the answer timeout.
    private void awaitPart(Session session) {
        if (partTimer != null) {
            partTimer.cancel(false);
        }
        partTimer = device.loop()
                .schedule(
                        () -> session.unanswered("DataRequest"),
                        device.config().limits().answerTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    static boolean concerns(GatewayFrame frame) {
        return switch (frame) {
            case GatewayFrame.DataExport ignored -> true;
            case GatewayFrame.Refused(var reason, var _, var _) ->
                reason == Reason.EXPORT_TOO_SOON
                        || reason == Reason.EXPORT_RUNNING
                        || reason == Reason.EXPORT_BUSY
                        || reason == Reason.EXPORT_INTERRUPTED;
            default -> false;
        };
    }

    /// A frame that [#concerns] exports.
    ///
    /// @return whether it is legal
    boolean onFrame(GatewayFrame frame, Session session) {
        if (running == null) {
            return false;
        }
        if (frame instanceof GatewayFrame.Refused refused) {
            end(Refused.of(refused));
            return true;
        }
        if (!(frame instanceof GatewayFrame.DataExport(var part, var last, var bytes)) || part != running.part) {
            return false;
        }
        running.add(bytes.borrow());
        if (last) {
            end(running.answer());
        } else {
            awaitPart(session);
        }
        return true;
    }

    /// Also when the user withdraws: what still comes is dropped.
    void disconnected() {
        end(new ExportAnswer.NotSignedIn());
    }

    private void end(ExportAnswer answer) {
        if (partTimer != null) {
            partTimer.cancel(false);
        }
        if (running != null) {
            var promise = running.promise;
            running = null;
            device.callbacks().run(() -> promise.complete(answer));
        }
    }
}
