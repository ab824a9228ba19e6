package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.Activation;
import assent.server.store.Blocked;
import assent.server.store.Consent;
import assent.server.store.StoredMessage;
import assent.server.store.Suspension;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.ConsentRow;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.Moment;
import assent.server.store.rows.PinRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// Answers questions from what is on the disk. Thread-safe.
final class Reads {
    private final Database database;
    private final Keys keys;
    private final Suspension suspension;

    Reads(Database database, Keys keys, Suspension suspension) {
        this.database = database;
        this.keys = keys;
        this.suspension = suspension;
    }

    Optional<Consent> consent(ConsentId id) throws RocksDBException {
        Optional<byte[]> value = database.get(Table.CONSENT, id.toArray());
        if (value.isEmpty()) {
            return Optional.empty();
        }
        ConsentRow.Content content = ConsentRow.decode(value.get()).open(id, keys);
        byte[] notice = database.get(Table.NOTICE, content.noticeHash().borrow())
                .orElseThrow(() -> new DamagedRow(Table.CONSENT, "it names a notice that is not there"));
        return Optional.of(new Consent(
                id,
                content.grant(),
                content.signature(),
                Bytes.wrap(notice),
                Moment.instant(content.recordedAtNanos())));
    }

    Optional<Activation> activation(DeviceId device) throws RocksDBException {
        return row(device).map(row -> row.open(keys));
    }

    /// Every activation comes and goes with its device's row.
    boolean isActivated(DeviceId device) throws RocksDBException {
        return database.get(Table.DEVICE, device.toArray()).isPresent();
    }

    Optional<DeviceId> deviceOf(PhoneNumber number) throws RocksDBException {
        return database.get(Table.ACTIVATION, keys.macOf(number).toArray())
                .map(row -> ActivationRow.decode(row).deviceId());
    }

    boolean isToBeSeen(DeviceId device, Instant now) throws RocksDBException {
        Optional<byte[]> number = database.get(Table.DEVICE, device.toArray());
        return number.isPresent()
                && database.get(Table.PIN, number.get())
                        .map(PinRow::decode)
                        .filter(row -> row.seenDay() < PinRow.day(now))
                        .isPresent();
    }

    /// The device's row may be from before a change and the activation's from after it, so they are
    /// compared.
    Optional<ActivationRow> row(DeviceId device) throws RocksDBException {
        Optional<byte[]> number = database.get(Table.DEVICE, device.toArray());
        if (number.isEmpty()) {
            return Optional.empty();
        }
        return database.getRare(Table.ACTIVATION, number.get())
                .map(ActivationRow::decode)
                .filter(row -> row.deviceId().equals(device));
    }

    /// Two look-ups whether the number has a mailbox or not.
    boolean isDelivered(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now) throws RocksDBException {
        NumberMac number = keys.macOf(to);
        DeviceId mailbox = database.get(Table.ACTIVATION, number.toArray())
                .map(row -> ActivationRow.decode(row).deviceId())
                .orElseGet(DeviceId::random);
        return database.get(Table.SENT, SentRow.key(mailbox, fromDevice, messageId))
                .map(SentRow::decode)
                .filter(row -> row.state().isDelivered() && row.expiresAtNanos() > Moment.nanos(now))
                .isPresent();
    }

    Blocked blocked(DeviceId mailbox) throws RocksDBException {
        Set<NumberMac> macs = new HashSet<>();
        try (RocksIterator rows = database.rowsOfDevice(Table.BLOCK, mailbox.toArray())) {
            while (rows.isValid()) {
                macs.add(BlockLists.macIn(rows.key()));
                rows.next();
            }
            rows.status();
        }
        return macs.isEmpty() ? Blocked.NOBODY : number -> macs.contains(keys.blockMac(mailbox, number));
    }

    List<StoredMessage> messages(DeviceId device, long afterSequence, int countMax, int bytesMax, InstantSource clock)
            throws RocksDBException {
        Optional<ActivationRow> row = row(device);
        if (row.isEmpty() || afterSequence == Long.MAX_VALUE) {
            return List.of();
        }
        Mailbox mailbox = row.get().mailbox(keys);
        if (suspension.applies(mailbox.noticeVersion(), clock.instant())) {
            return List.of();
        }
        var seal = new MessageSeal();
        List<StoredMessage> messages = new ArrayList<>();
        long bytes = 0;
        try (RocksIterator rows = database.rowsOfDevice(Table.MAILBOX, MessageRow.key(device, afterSequence + 1))) {
            Instant now = clock.instant(); // after the look at the rows: none of them was accepted later
            long nowNanos = Moment.nanos(now);
            while (messages.size() < countMax && bytes < bytesMax && rows.isValid()) {
                byte[] value = rows.value();
                MessageRow header = MessageRow.readHeader(value);
                if (header.expiresAtNanos() > nowNanos) {
                    byte[] key = rows.key();
                    byte[] content = seal.open(mailbox, key, header, value);
                    StoredMessage message = header.message(MessageRow.sequence(key), content);
                    if (header.isVisible(message.acceptedAt(), now)) {
                        messages.add(message);
                        bytes += message.body().length();
                    }
                }
                rows.next();
            }
            rows.status();
        }
        return List.copyOf(messages);
    }
}
