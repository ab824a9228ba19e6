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
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.StoredMessage;
import assent.server.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The store as the gateway sees it: its steps are watched, and its reads fail on command. Confined to
/// one thread.
final class WatchedStore implements Store {
    private final MemoryStore store;
    private final Promises promises;
    private final Journal journal;
    private boolean readsFail;

    WatchedStore(MemoryStore store, Promises promises, Journal journal) {
        this.store = store;
        this.promises = promises;
        this.journal = journal;
    }

    void readsFail(boolean fail) {
        readsFail = fail;
    }

    @Override
    public List<Write.Result> apply(List<Write<?>> batch) throws StoreException {
        batch.forEach(this::check);
        try {
            List<Write.Result> results = store.apply(batch);
            journal.note("committed " + batch.size());
            for (int i = 0; i < batch.size(); i++) {
                if (results.get(i) instanceof Write.MailboxFull) {
                    lostItsPlace(batch.get(i));
                    journal.count("mailbox full");
                }
            }
            return results;
        } catch (StoreException e) {
            journal.note("a step failed");
            journal.count(e.isFinal() ? "step failed for good" : "step failed");
            batch.forEach(this::lostItsPlace);
            throw e;
        }
    }

    /// What leaves a mailbox as delivered is on the phone.
    private void check(Write<?> write) {
        if (write instanceof Write.Remove remove) {
            for (long sequence : remove.sequences()) {
                store.waiting(remove.mailbox(), sequence)
                        .ifPresent(message -> promises.requireShown(
                                promises.text(message.from(), message.messageId()), "out of its mailbox"));
            }
            journal.count("removed " + remove.as());
        }
    }

    private void lostItsPlace(Write<?> write) {
        if (write instanceof Write.Append append) {
            promises.text(append.from(), append.messageId()).lostItsPlace = true;
        }
    }

    private void read() throws StoreException {
        if (readsFail) {
            throw new StoreException("reads fail, on command");
        }
    }

    @Override
    public long generation() {
        return store.generation();
    }

    @Override
    public Optional<Consent> consent(ConsentId id) throws StoreException {
        read();
        return store.consent(id);
    }

    @Override
    public Optional<Activation> activation(DeviceId deviceId) throws StoreException {
        read();
        return store.activation(deviceId);
    }

    @Override
    public boolean isToBeSeen(DeviceId deviceId, Instant now) throws StoreException {
        read();
        return store.isToBeSeen(deviceId, now);
    }

    @Override
    public long lastEntry(Ledger ledger) throws StoreException {
        read();
        return store.lastEntry(ledger);
    }

    @Override
    public List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) throws StoreException {
        read();
        return store.entries(ledger, from, countMax, bytesMax);
    }

    @Override
    public Blocked blocked(DeviceId mailbox) throws StoreException {
        read();
        return store.blocked(mailbox);
    }

    @Override
    public Optional<DeviceId> deviceOf(PhoneNumber number) throws StoreException {
        read();
        return store.deviceOf(number);
    }

    @Override
    public List<StoredMessage> messages(
            DeviceId mailbox, long afterSequence, int countMax, int bytesMax, InstantSource clock)
            throws StoreException {
        read();
        return store.messages(mailbox, afterSequence, countMax, bytesMax, clock);
    }

    @Override
    public boolean isDelivered(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now)
            throws StoreException {
        read();
        return store.isDelivered(to, fromDevice, messageId, now);
    }

    @Override
    public void close() {
        store.close();
    }
}
