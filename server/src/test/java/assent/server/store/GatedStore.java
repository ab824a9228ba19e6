package assent.server.store;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/// A store that waits at a gate, and fails on command.
final class GatedStore implements Store {
    /// Removing this fails on a damaged row, and its whole batch with it.
    static final long DAMAGED = 1_000;

    /// Removing this meets a bug.
    static final long POISON = 1_001;

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
        if (batch.stream().anyMatch(GatedStore::touchesDamage)) {
            throw StoreException.damage("a row is unreadable", new IllegalStateException("damage"));
        }
        if (batch.stream().anyMatch(GatedStore::touchesBug)) {
            throw new IllegalStateException("a bug");
        }
        switch (failures.poll()) {
            case null -> {}
            case StoreException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw (RuntimeException) e;
        }
        return batch.stream().<Write.Result>map(_ -> new Write.Done()).toList();
    }

    private static boolean touchesDamage(Write<?> write) {
        return write instanceof Write.Remove remove && remove.sequences().contains(DAMAGED);
    }

    private static boolean touchesBug(Write<?> write) {
        return write instanceof Write.Remove remove && remove.sequences().contains(POISON);
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
    public Optional<DeviceId> deviceOf(PhoneNumber number) {
        return Optional.empty();
    }

    @Override
    public boolean isToBeSeen(DeviceId deviceId, Instant now) {
        return false;
    }

    @Override
    public List<StoredMessage> messages(
            DeviceId mailbox, long afterSequence, int countMax, int bytesMax, InstantSource clock) {
        return List.of();
    }

    @Override
    public boolean isDelivered(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now) {
        return false;
    }

    @Override
    public long lastEntry(Ledger ledger) {
        return 0;
    }

    @Override
    public List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) {
        return List.of();
    }

    @Override
    public Blocked blocked(DeviceId mailbox) {
        return Blocked.NOBODY;
    }

    @Override
    public void close() {}
}
