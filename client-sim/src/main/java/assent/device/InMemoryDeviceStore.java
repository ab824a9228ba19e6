package assent.device;

import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A store for load tests and throw-away devices: it remembers as long as the process lives, and a
/// device may be opened on it again after the last one was closed.
///
/// What it does not promise: nothing is durable, though the device acknowledges as if it were. A
/// message that was acknowledged and not yet shown, the outbox and the key are gone with the process.
///
/// Confined to its device's event loop.
public final class InMemoryDeviceStore implements DeviceStore {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final DeviceMemory memory = new DeviceMemory(RECEIVED_MIN);

    @Override
    public Kept kept() {
        return memory.kept();
    }

    @Override
    public boolean hasReceived(PhoneNumber from, MessageId messageId) {
        return memory.hasReceived(from, messageId);
    }

    @Override
    public CompletionStage<Void> write(List<Change> changes) {
        changes.forEach(memory::apply);
        return DONE;
    }

    @Override
    public void writeSoon(Change change) {
        memory.apply(change);
    }

    @Override
    public CompletionStage<Void> close() {
        return DONE;
    }
}
