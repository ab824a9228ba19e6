package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.Counter;
import assent.server.store.ExportStore;
import assent.server.store.HeldData;
import assent.server.store.OutcomePage;
import assent.server.store.StoreException;
import assent.server.store.StoredMessage;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.CounterRow;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.Moment;
import assent.server.store.rows.PinRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// Reads everything that is held about a device, whatever others may see of it. Thread-safe.
///
/// Whoever adds a [Table] says here, or in the test of the export's tables, what becomes of it.
final class Exports implements ExportStore {
    /// A renewal may take the consent away between two look-ups, not time and again.
    private static final int LOOKS_MAX = 3;

    private final RocksStore store;
    private final Database database;
    private final Keys keys;
    private final Reads reads;

    Exports(RocksStore store, Database database, Keys keys, Reads reads) {
        this.store = store;
        this.database = database;
        this.keys = keys;
        this.reads = reads;
    }

    @Override
    public Optional<HeldData> held(DeviceId device) throws StoreException {
        return store.reading(() -> {
            for (int look = 0; look < LOOKS_MAX; look++) {
                Optional<Activation> activation = reads.activation(device);
                if (activation.isEmpty()) {
                    return Optional.empty();
                }
                Optional<Consent> consent = reads.consent(activation.get().consentId());
                if (consent.isPresent()) {
                    return Optional.of(held(activation.get(), consent.get()));
                }
            }
            throw new DamagedRow(Table.ACTIVATION, "it names a consent that is not there");
        });
    }

    private HeldData held(Activation activation, Consent consent) throws RocksDBException {
        NumberMac number = keys.macOf(activation.number());
        Map<Counter, HeldData.Count> counters = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            database.get(Table.COUNTER, CounterRow.key(number, counter))
                    .map(CounterRow::decode)
                    .ifPresent(row ->
                            counters.put(counter, new HeldData.Count(row.count(), Moment.instant(row.endsAtNanos()))));
        }
        Optional<LocalDate> lastSeen = database.get(Table.PIN, number.toArray())
                .map(row -> LocalDate.ofEpochDay(PinRow.decode(row).seenDay()));
        return new HeldData(activation, consent, counters, blockedNumbers(activation.deviceId()), lastSeen);
    }

    /// At most as many rows as a user may block numbers.
    private int blockedNumbers(DeviceId device) throws RocksDBException {
        int count = 0;
        try (RocksIterator rows = database.rowsOfDevice(Table.BLOCK, device.toArray())) {
            while (rows.isValid()) {
                count++;
                rows.next();
            }
            rows.status();
        }
        return count;
    }

    @Override
    public List<StoredMessage> heldMessages(DeviceId device, long afterSequence, int countMax, int bytesMax)
            throws StoreException {
        return store.reading(() -> {
            Optional<ActivationRow> row = reads.row(device);
            if (row.isEmpty() || afterSequence == Long.MAX_VALUE) {
                return List.of();
            }
            Mailbox mailbox = row.get().mailbox(keys);
            var seal = new MessageSeal();
            List<StoredMessage> messages = new ArrayList<>();
            long bytes = 0;
            try (RocksIterator rows = database.rowsOfDevice(Table.MAILBOX, MessageRow.key(device, afterSequence + 1))) {
                while (messages.size() < countMax && bytes < bytesMax && rows.isValid()) {
                    byte[] key = rows.key();
                    byte[] value = rows.value();
                    MessageRow header = MessageRow.readHeader(value);
                    StoredMessage message =
                            header.message(MessageRow.sequence(key), seal.open(mailbox, key, header, value));
                    messages.add(message);
                    bytes += message.body().length();
                    rows.next();
                }
                rows.status();
            }
            return List.copyOf(messages);
        });
    }

    @Override
    public OutcomePage outcomes(DeviceId device, Optional<Bytes> after, int rowsMax) throws StoreException {
        return store.reading(() -> {
            List<OutcomePage.Remembered> outcomes = new ArrayList<>();
            byte[] last = {};
            try (RocksIterator rows = database.rowsOfDevice(
                    Table.SENT, after.map(Exports::keyAfter).orElseGet(device::toArray))) {
                int looked = 0;
                while (looked < rowsMax && rows.isValid()) {
                    last = rows.key();
                    SentRow row = SentRow.decode(rows.value());
                    if (!row.isWaiting()) {
                        outcomes.add(new OutcomePage.Remembered(
                                MessageId.read(last, 2 * Id.BYTES), row.state(), Moment.instant(row.expiresAtNanos())));
                    }
                    rows.next();
                    looked++;
                }
                rows.status();
                return new OutcomePage(outcomes, rows.isValid() ? Optional.of(Bytes.wrap(last)) : Optional.empty());
            }
        });
    }

    /// The first key that can follow this one; it keeps the device's id, by which rows are found.
    private static byte[] keyAfter(Bytes key) {
        return Arrays.copyOf(key.borrow(), key.borrow().length + 1);
    }
}
