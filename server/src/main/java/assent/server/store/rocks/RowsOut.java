package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.MessageState;
import assent.server.store.copy.RestingStore.Portion;
import assent.server.store.copy.Row;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.ConsentRow;
import assent.server.store.rows.CounterRow;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.InvitationRow;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.PinRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Reads the tables of a store at rest as rows of no store's own. A position is the table's place among
/// [RocksAtRest#READ] (1) and the key of the last row that was looked at. Confined to one thread.
final class RowsOut {
    private final Database database;
    private final Keys keys;
    private final MessageSeal seal = new MessageSeal();

    /// Rows of a device come one after the other: whose they are is looked up once.
    private Optional<Owner> owner = Optional.empty();

    RowsOut(Database database, Keys keys) {
        this.database = database;
        this.keys = keys;
    }

    private record Owner(DeviceId deviceId, NumberMac number, Mailbox mailbox) {}

    Portion read(Bytes position, int rowsMax) throws RocksDBException {
        List<Table> tables = List.copyOf(RocksAtRest.READ);
        byte[] from = position.length() == 0 ? new byte[] {0} : position.borrow();
        Table table = tables.get(from[0]);
        byte[] after = Arrays.copyOfRange(from, 1, from.length);
        List<Row> rows = new ArrayList<>();
        byte[][] last = {after};
        long[] passed = {0};
        boolean isWhole = database.rowsAfter(table, after, (key, value) -> {
            row(table, key, value).ifPresent(rows::add);
            last[0] = key;
            return ++passed[0] < rowsMax;
        });
        boolean isLast = isWhole && from[0] == tables.size() - 1;
        return new Portion(
                rows, isWhole && !isLast ? at(from[0] + 1, new byte[0]) : at(from[0], last[0]), passed[0], isLast);
    }

    private static Bytes at(int table, byte[] key) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + key.length).put((byte) table).put(key).array());
    }

    private Optional<Row> row(Table table, byte[] key, byte[] value) throws RocksDBException {
        return switch (table) {
            case NOTICE -> Optional.of(new Row.NoticeText(Bytes.wrap(key), Bytes.wrap(value)));
            case ACTIVATION -> Optional.of(activated(key, ActivationRow.decode(value)));
            case CONSENT -> approved(key, ConsentRow.decode(value));
            case SENT -> Optional.of(sent(key, SentRow.decode(value)));
            case BLOCK -> Optional.of(blocked(key));
            case COUNTER -> Optional.of(new Row.Counting(Bytes.wrap(key), CounterRow.decode(value)));
            case PIN -> Optional.of(new Row.Protected(NumberMac.read(key, 0), PinRow.decode(value)));
            case INVITATION -> Optional.of(new Row.Invited(Bytes.wrap(key), InvitationRow.decode(value)));
            case LEDGER -> entered(key, value);
            case DEFAULT, META, DEVICE, MAILBOX, EXPIRY -> Optional.empty();
        };
    }

    private Row activated(byte[] number, ActivationRow activation) throws RocksDBException {
        ConsentRow consent = database.get(Table.CONSENT, activation.consentId().toArray())
                .map(ConsentRow::decode)
                .orElseThrow(() -> new DamagedRow(Table.ACTIVATION, "its consent is missing"));
        return new Row.Activated(NumberMac.read(number, 0), activation, consent);
    }

    /// Those that bear an activation come with it.
    private static Optional<Row> approved(byte[] id, ConsentRow row) {
        return row.held() ? Optional.empty() : Optional.of(new Row.Approved(Id.read(id, 0, ConsentId::new), row));
    }

    private Row sent(byte[] key, SentRow row) throws RocksDBException {
        Owner mailbox = owner(DeviceId.read(key, 0));
        DeviceId fromDevice = DeviceId.read(key, Id.BYTES);
        MessageId id = Id.read(key, 2 * Id.BYTES, MessageId::new);
        if (row.isWaiting()) {
            return waiting(mailbox, fromDevice, id, row);
        }
        if (row.state() == MessageState.FELL_BACK) {
            return new Row.FellBack(
                    mailbox.number(), row.sequence(), fromDevice, id, row.deadlineNanos(), row.expiresAtNanos());
        }
        return new Row.Outcome(
                mailbox.number(),
                mailbox.deviceId(),
                row.sequence(),
                fromDevice,
                id,
                row.state(),
                row.expiresAtNanos());
    }

    private Row waiting(Owner mailbox, DeviceId fromDevice, MessageId id, SentRow row) throws RocksDBException {
        byte[] key = MessageRow.key(mailbox.deviceId(), row.sequence());
        byte[] value = database.get(Table.MAILBOX, key)
                .orElseThrow(() -> new DamagedRow(Table.SENT, "the message that it says waits is missing"));
        byte[] content = seal.open(mailbox.mailbox(), key, MessageRow.readHeader(value), value);
        return new Row.Waiting(
                mailbox.number(),
                mailbox.deviceId(),
                row.sequence(),
                fromDevice,
                id,
                Bytes.wrap(content),
                row.expiresAtNanos(),
                row.deadlineNanos());
    }

    private Row blocked(byte[] key) throws RocksDBException {
        Owner list = owner(DeviceId.read(key, 0));
        return new Row.Blocked(list.number(), list.deviceId(), BlockLists.macIn(key));
    }

    private static Optional<Row> entered(byte[] key, byte[] value) {
        return key.length == 1 + Long.BYTES
                ? Optional.of(new Row.Entered(
                        Ledgers.ledger(key), ByteBuffer.wrap(key).getLong(1), Bytes.wrap(value)))
                : Optional.empty(); // which is the newest follows from the entries
    }

    private Owner owner(DeviceId device) throws RocksDBException {
        if (owner.isPresent() && owner.get().deviceId().equals(device)) {
            return owner.get();
        }
        byte[] number = database.get(Table.DEVICE, device.toArray())
                .orElseThrow(() -> new DamagedRow(Table.SENT, "it is of a device that is not activated"));
        Mailbox mailbox = database.get(Table.ACTIVATION, number)
                .map(ActivationRow::decode)
                .orElseThrow(() -> new DamagedRow(Table.DEVICE, "its activation is missing"))
                .mailbox(keys);
        Owner found = new Owner(device, NumberMac.read(number, 0), mailbox);
        owner = Optional.of(found);
        return found;
    }
}
