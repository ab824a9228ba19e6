package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.store.Ledger;
import assent.server.store.copy.Row;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.Moment;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// Writes rows of no store's own into the tables of a store at rest. Writing a row twice changes
/// nothing. Confined to one thread.
final class RowsIn {
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] BLOCK_VERSION = {1};

    private final Database database;
    private final Keys keys;
    private final MessageSeal seal = new MessageSeal();

    RowsIn(Database database, Keys keys) {
        this.database = database;
        this.keys = keys;
    }

    /// What one step knows and the tables do not yet.
    private static final class Step {
        private final WriteBatch batch;
        private final Map<DeviceId, ActivationRow> activated = new HashMap<>();
        private final Map<Ledger, Long> newest = new EnumMap<>(Ledger.class);
        private long generation;

        private Step(WriteBatch batch, long generation) {
            this.batch = batch;
            this.generation = generation;
        }
    }

    /// @param generationMin of the store afterwards
    void put(WriteBatch batch, List<Row> rows, long generationMin) throws RocksDBException {
        long generation = Meta.generation(database);
        Step step = new Step(batch, Math.max(generation, generationMin));
        for (Row row : rows) {
            put(step, row);
        }
        if (step.generation > generation) {
            Meta.putGeneration(database, batch, step.generation);
        }
        for (Map.Entry<Ledger, Long> head : step.newest.entrySet()) {
            byte[] number =
                    ByteBuffer.allocate(Long.BYTES).putLong(head.getValue()).array();
            database.put(batch, Table.LEDGER, Ledgers.headKey(head.getKey()), number);
        }
    }

    private void put(Step step, Row row) throws RocksDBException {
        switch (row) {
            case Row.NoticeText(Bytes hash, Bytes text) -> put(step, Table.NOTICE, hash.borrow(), text.borrow());
            case Row.Activated activated -> put(step, activated);
            case Row.Approved(var id, var consent) -> {
                put(step, Table.CONSENT, id.toArray(), consent.encode());
                expire(step, consent.expiresAtNanos(), ExpiryKey.Kind.CONSENT, id.toArray());
            }
            case Row.Waiting waiting -> put(step, waiting);
            case Row.Outcome outcome ->
                put(
                        step,
                        SentRow.key(outcome.mailbox(), outcome.fromDevice(), outcome.id()),
                        new SentRow(outcome.sequence(), outcome.expiresAtNanos(), 0, outcome.state(), Moment.NEVER));
            case Row.FellBack note ->
                put(
                        step,
                        SentRow.key(note.fromDevice(), note.fromDevice(), note.id()),
                        SentRow.fallsBackAt(note.deadlineNanos(), note.sequence(), note.expiresAtNanos()));
            case Row.Blocked(var _, var mailbox, var blocked) ->
                put(step, Table.BLOCK, BlockLists.key(mailbox, blocked), BLOCK_VERSION);
            case Row.Counting(var key, var counter) -> {
                put(step, Table.COUNTER, key.borrow(), counter.encode());
                expire(step, counter.endsAtNanos(), ExpiryKey.Kind.COUNTER, key.borrow());
            }
            case Row.Protected(var number, var pin) -> {
                put(step, Table.PIN, number.toArray(), pin.encode());
                if (pin.isOrphan()) {
                    expire(step, pin.expiresAtNanos(), ExpiryKey.Kind.PIN, number.toArray());
                }
            }
            case Row.Invited(var invitation, var held) -> {
                put(step, Table.INVITATION, invitation.borrow(), held.encode());
                expire(step, held.untilNanos(), ExpiryKey.Kind.INVITATION, invitation.borrow());
            }
            case Row.Entered(var ledger, var number, var content) -> {
                put(step, Table.LEDGER, Ledgers.key(ledger, number), content.borrow());
                long before = Ledgers.number(database.get(Table.LEDGER, Ledgers.headKey(ledger)));
                step.newest.merge(ledger, Math.max(before, number), Math::max);
            }
        }
    }

    private void put(Step step, Row.Activated row) throws RocksDBException {
        ActivationRow activation = row.activation();
        byte[] number = row.number().toArray();
        put(step, Table.CONSENT, activation.consentId().toArray(), row.consent().encode());
        put(step, Table.ACTIVATION, number, activation.encode());
        put(step, Table.DEVICE, activation.deviceId().toArray(), number);
        step.activated.put(activation.deviceId(), activation);
    }

    private void put(Step step, Row.Waiting row) throws RocksDBException {
        byte[] key = MessageRow.key(row.mailbox(), row.sequence());
        boolean fallsBack = row.deadlineNanos() != Moment.NEVER;
        var header = MessageRow.of(
                seal.salt(),
                fallsBack ? row.deadlineNanos() : row.expiresAtNanos(),
                row.fromDevice(),
                row.id(),
                fallsBack);
        byte[] value = seal.seal(
                mailbox(step, row), key, row.sequence(), header, row.content().borrow());
        put(step, Table.MAILBOX, key, value);
        put(
                step,
                SentRow.key(row.mailbox(), row.fromDevice(), row.id()),
                SentRow.waiting(row.sequence(), row.expiresAtNanos(), value.length, row.deadlineNanos()));
    }

    private Mailbox mailbox(Step step, Row.Waiting row) throws RocksDBException {
        ActivationRow activation = step.activated.get(row.mailbox());
        if (activation == null) {
            activation = database.get(Table.ACTIVATION, row.number().toArray())
                    .map(ActivationRow::decode)
                    .orElseThrow(() -> new DamagedRow(Table.MAILBOX, "a message comes before its mailbox"));
        }
        return activation.mailbox(keys);
    }

    /// What became of a message, or that it waits, and the next opening's sequences come after its own.
    private void put(Step step, byte[] key, SentRow row) throws RocksDBException {
        put(step, Table.SENT, key, row.encode());
        database.put(step.batch, Table.EXPIRY, row.expiryKey(key), NOTHING);
        step.generation = Math.max(step.generation, Sequences.generation(row.sequence()));
    }

    private void put(Step step, Table table, byte[] key, byte[] value) throws RocksDBException {
        database.put(step.batch, table, key, value);
    }

    private void expire(Step step, long atNanos, ExpiryKey.Kind kind, byte[] key) throws RocksDBException {
        database.put(step.batch, Table.EXPIRY, ExpiryKey.encode(atNanos, kind, key), NOTHING);
    }
}
