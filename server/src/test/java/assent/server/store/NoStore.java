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

/// Stands where no store is open.
enum NoStore implements Store {
    INSTANCE;

    @Override
    public List<Write.Result> apply(List<Write<?>> batch) throws StoreException {
        throw none();
    }

    @Override
    public long generation() {
        return 0;
    }

    @Override
    public Optional<Activation> activation(DeviceId deviceId) throws StoreException {
        throw none();
    }

    @Override
    public Optional<Consent> consent(ConsentId id) throws StoreException {
        throw none();
    }

    @Override
    public Optional<DeviceId> deviceOf(PhoneNumber number) throws StoreException {
        throw none();
    }

    @Override
    public boolean isToBeSeen(DeviceId deviceId, Instant now) throws StoreException {
        throw none();
    }

    @Override
    public List<StoredMessage> messages(
            DeviceId mailbox, long afterSequence, int countMax, int bytesMax, InstantSource clock)
            throws StoreException {
        throw none();
    }

    @Override
    public boolean isDelivered(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now)
            throws StoreException {
        throw none();
    }

    @Override
    public Blocked blocked(DeviceId mailbox) throws StoreException {
        throw none();
    }

    @Override
    public long lastEntry(Ledger ledger) throws StoreException {
        throw none();
    }

    @Override
    public List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) throws StoreException {
        throw none();
    }

    private static StoreException none() {
        return new StoreException("no store is open");
    }

    @Override
    public void close() {}
}
