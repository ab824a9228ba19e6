package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.server.store.Ledger;
import assent.server.store.LedgerEntry;
import assent.server.store.Write;
import assent.server.store.rows.DamagedRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Ledgers: a row for each entry, and one with the newest one's number. Writing is confined to the
/// store's writer; reading is thread-safe.
final class Ledgers {
    private final Database database;

    Ledgers(Database database) {
        this.database = database;
    }

    Write.EnterResult enter(Batch batch, Write.Enter write) throws RocksDBException {
        Map<Ledger, Long> newest = new EnumMap<>(Ledger.class);
        for (LedgerEntry entry : write.entries()) {
            Long before = newest.get(entry.ledger());
            long last = before == null ? number(batch.get(Table.LEDGER, headKey(entry.ledger()))) : before;
            if (entry.number() != last + 1) {
                return new Write.OutOfTurn(entry.ledger(), last);
            }
            newest.put(entry.ledger(), entry.number());
        }
        for (LedgerEntry entry : write.entries()) {
            batch.put(
                    Table.LEDGER,
                    key(entry.ledger(), entry.number()),
                    entry.content().toArray());
        }
        for (Map.Entry<Ledger, Long> head : newest.entrySet()) {
            byte[] number =
                    ByteBuffer.allocate(Long.BYTES).putLong(head.getValue()).array();
            batch.put(Table.LEDGER, headKey(head.getKey()), number);
        }
        return new Write.Entered();
    }

    long last(Ledger ledger) throws RocksDBException {
        return number(database.get(Table.LEDGER, headKey(ledger)));
    }

    List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) throws RocksDBException {
        long last = last(ledger);
        List<Bytes> entries = new ArrayList<>();
        long bytes = 0;
        for (long number = Math.max(1, from);
                number <= last && entries.size() < countMax && bytes < bytesMax;
                number++) {
            byte[] entry = database.get(Table.LEDGER, key(ledger, number))
                    .orElseThrow(() -> new DamagedRow(Table.LEDGER, "an entry of " + ledger + " is missing"));
            entries.add(Bytes.wrap(entry));
            bytes += entry.length;
        }
        return List.copyOf(entries);
    }

    static long number(Optional<byte[]> head) {
        return head.map(value -> ByteBuffer.wrap(value).getLong()).orElse(0L);
    }

    static byte[] headKey(Ledger ledger) {
        return new byte[] {code(ledger)};
    }

    static byte[] key(Ledger ledger, long number) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(code(ledger))
                .putLong(number)
                .array();
    }

    /// Whose entry stands under this key.
    static Ledger ledger(byte[] key) {
        for (Ledger ledger : Ledger.values()) {
            if (key.length > 0 && key[0] == code(ledger)) {
                return ledger;
            }
        }
        throw new DamagedRow(Table.LEDGER, "it is of no ledger");
    }

    /// What stands for it in keys; never reused.
    private static byte code(Ledger ledger) {
        return switch (ledger) {
            case POLICY -> 1;
            case AUDIT -> 2;
        };
    }
}
