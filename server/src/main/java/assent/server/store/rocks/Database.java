package assent.server.store.rocks;

import assent.server.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// RocksDB's native objects, and the few operations that we use. Thread-safe while open; whoever closes
/// it sees to it that nobody is inside ([RocksStore] does).
final class Database implements AutoCloseable {
    private final Path folder;
    private final Natives natives;
    private final RocksDB db;
    private final Map<Table, ColumnFamilyHandle> families;
    private final ReadOptions plainReads;
    private final ReadOptions rareReads;
    private final ReadOptions deviceReads;
    private final WriteOptions synced;
    private final CompactRangeOptions rewriting;

    private Database(Path folder, Natives natives, RocksDB db, List<ColumnFamilyHandle> handles) {
        this.folder = folder;
        this.natives = natives;
        this.db = db;
        this.families = new EnumMap<>(Table.class);
        Table[] tables = Table.values();
        for (int i = 0; i < tables.length; i++) {
            families.put(tables[i], handles.get(i));
        }
        this.plainReads = natives.own(new ReadOptions());
        this.rareReads = natives.own(new ReadOptions()).setFillCache(false);
        this.deviceReads = natives.own(new ReadOptions()).setPrefixSameAsStart(true);
        this.synced = natives.own(new WriteOptions()).setSync(true);
        this.rewriting = natives.own(new CompactRangeOptions())
                .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForceOptimized)
                .setExclusiveManualCompaction(false)
                .setMaxSubcompactions(1);
    }

    static Database open(Path folder, RocksConfig config) throws StoreException {
        RocksDB.loadLibrary();
        OpenChecks.check(folder);
        boolean unchanged = ClosingNote.take(folder);
        var natives = new Natives();
        try {
            var cache = Options.blockCache(config, natives);
            List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
            for (Table table : Table.values()) {
                descriptors.add(
                        new ColumnFamilyDescriptor(table.familyName(), Options.family(table, cache, config, natives)));
            }
            var options = Options.database(config, natives);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = RocksDB.open(options, folder.toString(), descriptors, handles);
            natives.own(db);
            handles.forEach(natives::own);
            if (!unchanged) {
                db.verifyChecksum(); // after a crash: the log is checked as it is read, tables only by this
            }
            return new Database(folder, natives, db, handles);
        } catch (RocksDBException e) {
            natives.close();
            throw OpenChecks.explain(folder, e);
        }
    }

    private ColumnFamilyHandle family(Table table) {
        ColumnFamilyHandle family = families.get(table);
        if (family == null) {
            throw new IllegalStateException("every table has a column family");
        }
        return family;
    }

    Optional<byte[]> get(Table table, byte[] key) throws RocksDBException {
        return Optional.ofNullable(db.get(family(table), plainReads, key));
    }

    /// As [#get], for large rows that are seldom asked for again: they do not push others out of the cache of blocks.
    Optional<byte[]> getRare(Table table, byte[] key) throws RocksDBException {
        return Optional.ofNullable(db.get(family(table), rareReads, key));
    }

    /// Copies the beginning of a value, as much as fits, into `head`.
    ///
    /// @return the value's whole length, or -1 if there is no such row
    int getHead(Table table, byte[] key, byte[] head) throws RocksDBException {
        return db.get(family(table), plainReads, key, head);
    }

    /// The rows of one device from `start` on, which begins with the device's id. The caller closes the
    /// iterator.
    RocksIterator rowsOfDevice(Table table, byte[] start) {
        RocksIterator rows = db.newIterator(family(table), deviceReads);
        rows.seek(start);
        return rows;
    }

    /// Shows the keys of a table in order, those from `start` and before `end`, until the visitor has
    /// seen enough.
    void keysBetween(Table table, byte[] start, byte[] end, KeyVisitor visitor) throws RocksDBException {
        try (var bound = new Slice(end);
                var options = new ReadOptions().setIterateUpperBound(bound);
                var rows = db.newIterator(family(table), options)) {
            rows.seek(start);
            while (rows.isValid() && visitor.visit(rows.key())) {
                rows.next();
            }
            rows.status();
        }
    }

    /// Shows the rows of a table in order, those behind `after`, until the visitor has seen enough.
    ///
    /// @return whether all were seen
    boolean rowsAfter(Table table, byte[] after, RowVisitor visitor) throws RocksDBException {
        try (var options = new ReadOptions().setTotalOrderSeek(true).setFillCache(false);
                var rows = db.newIterator(family(table), options)) {
            rows.seek(after);
            if (rows.isValid() && Arrays.equals(rows.key(), after)) {
                rows.next();
            }
            boolean goOn = true;
            while (goOn && rows.isValid()) {
                goOn = visitor.visit(rows.key(), rows.value());
                rows.next();
            }
            rows.status();
            return goOn;
        }
    }

    interface RowVisitor {
        /// Whether to go on.
        boolean visit(byte[] key, byte[] value) throws RocksDBException;
    }

    /// About how many rows a table has.
    long rowsAbout(Table table) throws RocksDBException {
        return db.getLongProperty(family(table), "rocksdb.estimate-num-keys");
    }

    interface KeyVisitor {
        /// Whether to go on.
        boolean visit(byte[] key) throws RocksDBException;
    }

    void put(WriteBatch batch, Table table, byte[] key, byte[] value) throws RocksDBException {
        batch.put(family(table), key, value);
    }

    void delete(WriteBatch batch, Table table, byte[] key) throws RocksDBException {
        batch.delete(family(table), key);
    }

    void deleteRange(WriteBatch batch, Table table, byte[] from, byte[] to) throws RocksDBException {
        batch.deleteRange(family(table), from, to);
    }

    /// Atomic over all tables, and on the disk when it returns.
    void write(WriteBatch batch) throws RocksDBException {
        db.write(synced, batch);
    }

    /// Makes a database like this one now in a folder that is not there yet. Table files are linked where the
    /// file system can, all else is copied; writes go on meanwhile.
    void copyTo(Path other) throws RocksDBException {
        try (var checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(other.toString());
        }
    }

    /// Writes what is in memory into table files, and waits for it; writes go on meanwhile.
    void flush(Table... tables) throws RocksDBException {
        try (var options = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(false)) {
            db.flush(options, Arrays.stream(tables).map(this::family).toList());
        }
    }

    /// Rewrites the table files that have keys in `range`, without what is deleted. Ends early, with an
    /// exception, after [#cancelRewriting].
    void rewrite(Table table, ErasedRanges.Range range) throws RocksDBException {
        db.compactRange(family(table), range.beginKey(), range.endKey(), rewriting);
    }

    void cancelRewriting() {
        rewriting.setCanceled(true);
    }

    List<LiveFileMetaData> files(Table table) {
        return db.getLiveFilesMetaData().stream()
                .filter(file -> Arrays.equals(file.columnFamilyName(), table.familyName()))
                .toList();
    }

    /// Closes, and notes what the files are now; for whom all that was written is synced.
    @Override
    public void close() {
        closeWithoutNote();
        ClosingNote.write(folder);
    }

    /// Closes when nobody knows what is on the disk, as after a failed sync.
    void closeWithoutNote() {
        db.cancelAllBackgroundWork(true);
        natives.close();
    }
}
