package assent.server.store.rocks;

import assent.protocol.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/// One durable step in the making: what is put and deleted goes into a RocksDB batch, and into a table
/// here, so that later writes of the step read it. (RocksDB's own indexed batch costs more native calls,
/// and deletes no ranges.)
///
/// Confined to the store's writer, for one step.
final class Batch implements AutoCloseable {
    private final Database database;
    private final WriteBatch writes = new WriteBatch();

    /// What this step made of a row: its value, or empty if it is deleted. The expiry index is left out,
    /// since nobody reads it in the step that writes it.
    private final Map<Table, Map<Bytes, Optional<byte[]>>> changed = new EnumMap<>(Table.class);

    private final List<ErasedPrefix> erasedPrefixes = new ArrayList<>();

    Batch(Database database) {
        this.database = database;
        for (Table table : Table.values()) {
            changed.put(table, new HashMap<>());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record ErasedPrefix(Table table, byte[] prefix) {
        boolean covers(Table table, byte[] key) {
            return table == this.table && startsWith(key, prefix);
        }
    }

    interface RowVisitor {
        void visit(byte[] key, byte[] value) throws RocksDBException;
    }

    private Map<Bytes, Optional<byte[]>> changed(Table table) {
        return changed.getOrDefault(table, Map.of());
    }

    Optional<byte[]> get(Table table, byte[] key) throws RocksDBException {
        Optional<byte[]> change = changed(table).get(Bytes.wrap(key));
        if (change != null) {
            return change;
        }
        return isErased(table, key) ? Optional.empty() : database.get(table, key);
    }

    /// Copies the beginning of a value, as much as fits, into `head`; -1 if there is no such row, else
    /// its length.
    int getHead(Table table, byte[] key, byte[] head) throws RocksDBException {
        Optional<byte[]> change = changed(table).get(Bytes.wrap(key));
        if (change != null) {
            if (change.isEmpty()) {
                return -1;
            }
            byte[] value = change.get();
            System.arraycopy(value, 0, head, 0, Math.min(head.length, value.length));
            return value.length;
        }
        return isErased(table, key) ? -1 : database.getHead(table, key, head);
    }

    private boolean isErased(Table table, byte[] key) {
        for (ErasedPrefix erased : erasedPrefixes) {
            if (erased.covers(table, key)) {
                return true;
            }
        }
        return false;
    }

    void put(Table table, byte[] key, byte[] value) throws RocksDBException {
        database.put(writes, table, key, value);
        if (table != Table.EXPIRY) {
            changed(table).put(Bytes.wrap(key), Optional.of(value));
        }
    }

    void delete(Table table, byte[] key) throws RocksDBException {
        database.delete(writes, table, key);
        if (table != Table.EXPIRY) {
            changed(table).put(Bytes.wrap(key), Optional.empty());
        }
    }

    /// Deletes all rows whose keys begin with `prefix`, which is not all 0xff.
    void deletePrefix(Table table, byte[] prefix) throws RocksDBException {
        database.deleteRange(writes, table, prefix, next(prefix));
        changed(table).replaceAll((key, value) -> startsWith(key.borrow(), prefix) ? Optional.empty() : value);
        erasedPrefixes.add(new ErasedPrefix(table, prefix));
    }

    /// Shows all rows whose keys begin with the device id `prefix`, in no particular order.
    void scan(Table table, byte[] prefix, RowVisitor visitor) throws RocksDBException {
        Map<Bytes, Optional<byte[]>> changes = changed(table);
        if (!isErased(table, prefix)) {
            try (RocksIterator rows = database.rowsOfDevice(table, prefix)) {
                while (rows.isValid()) {
                    byte[] key = rows.key();
                    if (!changes.containsKey(Bytes.wrap(key))) {
                        visitor.visit(key, rows.value());
                    }
                    rows.next();
                }
                rows.status();
            }
        }
        for (Map.Entry<Bytes, Optional<byte[]>> change : changes.entrySet()) {
            byte[] key = change.getKey().borrow();
            if (change.getValue().isPresent() && startsWith(key, prefix)) {
                visitor.visit(key, change.getValue().get());
            }
        }
    }

    /// Shows the keys of the expiry index before `end`, as they were before this step.
    void expiringBefore(byte[] end, Database.KeyVisitor visitor) throws RocksDBException {
        database.keysBetween(Table.EXPIRY, new byte[0], end, visitor);
    }

    /// Goes into the log and nowhere else: costs what keeping it would cost.
    void decoy(byte[] bytes) throws RocksDBException {
        writes.putLogData(bytes);
    }

    void commit() throws RocksDBException {
        database.write(writes);
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /// The first key behind all that begin with `prefix`.
    static byte[] next(byte[] prefix) {
        byte[] next = prefix.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            if (++next[i] != 0) {
                return next;
            }
        }
        throw new IllegalArgumentException("no key is behind a prefix of 0xff");
    }

    @Override
    public void close() {
        writes.close();
    }
}
