package assent.server.simulation;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.server.store.Activation;
import assent.server.store.Blocked;
import assent.server.store.Consent;
import assent.server.store.Ledger;
import assent.server.store.MessageState;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.StoredMessage;
import assent.server.store.Suspension;
import assent.server.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A store with two images: what was applied, in memory, which reads see; and what is durable, on the
/// [Disk], from which it opens. Confined to one thread.
final class MemoryStore implements Store {
    private final Disk disk;
    private final MailboxLimits limits;
    private final Suspension suspension;
    private final long generation;
    private final MemoryTables tables = new MemoryTables();
    private Optional<StoreException> failed = Optional.empty();

    private MemoryStore(Disk disk, MailboxLimits limits, Suspension suspension) {
        this.disk = disk;
        this.suspension = suspension;
        this.limits = limits;
        for (Disk.Step step : disk.synced()) {
            step.writes().forEach(write -> tables.apply(write, step.limits(), step.suspension(), step.generation()));
        }
        this.generation = disk.nextGeneration();
    }

    static MemoryStore open(Disk disk, MailboxLimits limits, Suspension suspension) {
        return new MemoryStore(disk, limits, suspension);
    }

    @Override
    public List<Write.Result> apply(List<Write<?>> batch) throws StoreException {
        check();
        if (batch.stream().anyMatch(disk::isDamaged)) {
            throw StoreException.damage("a row is damaged, on command", new java.io.IOException("on command"));
        }
        try {
            disk.write(new Disk.Step(List.copyOf(batch), limits, suspension, generation));
        } catch (StoreException e) {
            failed = Optional.of(e).filter(StoreException::isFinal);
            throw e;
        }
        List<Write.Result> results = new ArrayList<>();
        batch.forEach(write -> results.add(tables.apply(write, limits, suspension, generation)));
        return results;
    }

    private void check() throws StoreException {
        if (failed.isPresent()) {
            throw failed.get();
        }
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public Optional<Activation> activation(DeviceId deviceId) throws StoreException {
        check();
        return tables.activation(deviceId);
    }

    @Override
    public boolean isToBeSeen(DeviceId deviceId, Instant now) throws StoreException {
        check();
        return tables.activation(deviceId)
                .filter(activation -> tables.pins().isToBeSeen(activation.number(), now))
                .isPresent();
    }

    @Override
    public long lastEntry(Ledger ledger) throws StoreException {
        check();
        return tables.ledgers().last(ledger);
    }

    @Override
    public List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) throws StoreException {
        check();
        return tables.ledgers().entries(ledger, from, countMax, bytesMax);
    }

    @Override
    public Blocked blocked(DeviceId mailbox) throws StoreException {
        check();
        return tables.mailbox(mailbox).map(box -> box.blocks().asOfNow()).orElse(Blocked.NOBODY);
    }

    @Override
    public Optional<DeviceId> deviceOf(PhoneNumber number) throws StoreException {
        check();
        return tables.activationOf(number).map(Activation::deviceId);
    }

    @Override
    public Optional<Consent> consent(ConsentId id) throws StoreException {
        check();
        return tables.consent(id);
    }

    @Override
    public List<StoredMessage> messages(
            DeviceId mailbox, long afterSequence, int countMax, int bytesMax, InstantSource clock)
            throws StoreException {
        check();
        return tables.activation(mailbox)
                .filter(activation -> !suspension.applies(activation.noticeVersion(), clock.instant()))
                .flatMap(activation -> tables.mailbox(mailbox))
                .map(box -> box.messages(afterSequence, countMax, bytesMax, clock))
                .orElse(List.of());
    }

    @Override
    public boolean isDelivered(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now)
            throws StoreException {
        check();
        return state(to, fromDevice, messageId, now)
                .filter(MessageState::isDelivered)
                .isPresent();
    }

    /// What is known of a message, whatever the state of the disk.
    Optional<MessageState> state(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now) {
        return tables.activationOf(to)
                .flatMap(activation -> tables.mailbox(activation.deviceId()))
                .flatMap(box -> box.state(fromDevice, messageId, now));
    }

    /// How many messages wait.
    int waiting(DeviceId mailbox) {
        return tables.mailbox(mailbox).map(MemoryMailbox::waiting).orElse(0);
    }

    Optional<StoredMessage> waiting(DeviceId mailbox, long sequence) {
        return tables.mailbox(mailbox).flatMap(box -> box.message(sequence));
    }

    @Override
    public void close() {
        failed = Optional.of(new StoreException("the store is closed"));
    }
}
