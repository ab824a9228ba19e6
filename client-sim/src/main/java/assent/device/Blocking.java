package assent.device;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Asks the gateway to block numbers, and to unblock them. The list is the gateway's; this device keeps
/// none.
///
/// Confined to its device's event loop.
final class Blocking {
    /// Requests without an answer; a further one is refused here, as the gateway would refuse it.
    static final int REQUESTS_MAX = 16;

    private static final Duration BUSY_RETRY_AFTER = Duration.ofMillis(200);

    private final DeviceContext device;
    private final DeviceCore core;
    private final Map<Long, CompletableFuture<BlockOutcome>> asked = new LinkedHashMap<>(0);
    private long tokens;

    Blocking(DeviceContext device, DeviceCore core) {
        this.device = device;
        this.core = core;
    }

    void block(PhoneNumber number, CompletableFuture<BlockOutcome> promise) {
        ask(new DeviceFrame.Block(tokens++, number.e164()), tokens - 1, promise);
    }

    void unblock(PhoneNumber number, CompletableFuture<BlockOutcome> promise) {
        ask(new DeviceFrame.Unblock(tokens++, number.e164()), tokens - 1, promise);
    }

    private void ask(DeviceFrame request, long token, CompletableFuture<BlockOutcome> promise) {
        Optional<Session> session =
                core.standing() instanceof Standing.Activated ? core.connector().session() : Optional.empty();
        if (session.isEmpty()) {
            tell(promise, new BlockOutcome.Unanswered());
        } else if (asked.size() >= REQUESTS_MAX) {
            tell(promise, new BlockOutcome.Refused(Reason.TOO_MANY_BLOCK_REQUESTS, Optional.of(BUSY_RETRY_AFTER)));
        } else {
            asked.put(token, promise);
            session.get().send(request);
        }
    }

    /// @return whether this was asked
    boolean answered(GatewayFrame.BlockAnswer answer) {
        CompletableFuture<BlockOutcome> promise = asked.remove(answer.token());
        if (promise == null) {
            return false;
        }
        tell(
                promise,
                answer.refusal().isEmpty()
                        ? new BlockOutcome.Done()
                        : new BlockOutcome.Refused(answer.refusal().get(), answer.retryAfter()));
        return true;
    }

    void disconnected() {
        var unanswered = List.copyOf(asked.values());
        asked.clear();
        unanswered.forEach(promise -> tell(promise, new BlockOutcome.Unanswered()));
    }

    private void tell(CompletableFuture<BlockOutcome> promise, BlockOutcome outcome) {
        device.callbacks().run(() -> promise.complete(outcome));
    }
}
