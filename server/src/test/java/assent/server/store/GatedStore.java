package assent.server.store;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/// A store that waits at a gate, and fails on command.
final class GatedStore implements Store {
    final CountDownLatch gate = new CountDownLatch(1);
    final LinkedBlockingQueue<Integer> entered = new LinkedBlockingQueue<>();
    final ConcurrentLinkedQueue<Integer> batchSizes = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Override
    public List<Write.Result> apply(List<Write<?>> batch) throws StoreException {
        entered.add(batch.size());
        batchSizes.add(batch.size());
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new StoreException("interrupted", e);
        }
        switch (failures.poll()) {
            case null -> {}
            case StoreException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw (RuntimeException) e;
        }
        return batch.stream().<Write.Result>map(_ -> new Write.Done()).toList();
    }

    @Override
    public long generation() {
        return 1;
    }

    @Override
    public Optional<Activation> activation(DeviceId deviceId) {
        return Optional.empty();
    }

    @Override
    public Optional<Consent> consent(ConsentId id) {
        return Optional.empty();
    }

    @Override
    public boolean isActivated(PhoneNumber number) {
        return false;
    }

    @Override
    public List<StoredMessage> messages(DeviceId mailbox, long afterSequence, int countMax, int bytesMax, Instant now) {
        return List.of();
    }

    @Override
    public boolean isDelivered(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now) {
        return false;
    }

    @Override
    public void close() {}
}
