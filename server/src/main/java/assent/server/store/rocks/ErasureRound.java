package assent.server.store.rocks;

import assent.server.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rocksdb.RocksDBException;

/// Takes what was deleted out of the files. In RocksDB a deletion is one more row; the old one stays in
/// the write-ahead log, in table files, and, as the smallest or largest key of a table file, in the
/// manifest. So a round does this, while reads and writes go on:
///
/// 1. *Flush* all tables: the logs that hold the rows are needed no more, and RocksDB deletes them.
/// 2. *Rewrite* the table files that may hold them ([ErasedRanges]), down to the last level, where
///    deletions need not be kept either. The expiry index is rewritten whole: its entries name devices
///    and stand in the order of time, so those of a device are everywhere.
/// 3. *Begin a new manifest.* RocksDB does so by itself when the set of files changes ([Options]), but
///    writes the files as they were before the change and then the change; so the manifest of step 2
///    still names files that are gone. A row that is there for it is flushed until there is a new one.
/// 4. *Wait* until the old files are out of the folder: RocksDB deletes them in the background, and not
///    while a read uses them.
/// 5. Delete the marks.
///
/// Confined to the eraser's thread.
final class ErasureRound {
    private static final byte[] ROUND_KEY = "rewritten".getBytes(StandardCharsets.US_ASCII);

    /// It takes one or two.
    private static final int MANIFEST_FLUSHES_MAX = 10;

    private final Database database;
    private final Steps steps;
    private final Erasures erasures;
    private final StoreFolder folder;

    ErasureRound(Path folder, Database database, Steps steps, Erasures erasures) {
        this.database = database;
        this.steps = steps;
        this.erasures = erasures;
        this.folder = new StoreFolder(folder, database);
    }

    /// Whether there was anything to do.
    boolean run() throws RocksDBException, StoreException, IOException, InterruptedException {
        long end = steps.run(_ -> erasures.endRound());
        List<ErasureMark> marks = marksBefore(end);
        if (marks.isEmpty()) {
            return false;
        }
        Set<Path> old = folder.logsAndManifests();
        database.flush(Table.values());
        for (Table table : ErasureMark.TABLES) {
            for (ErasedRanges.Range range : ErasedRanges.of(marks, table, database.files(table))) {
                database.rewrite(table, range);
            }
        }
        database.rewrite(Table.EXPIRY, ErasedRanges.ALL);
        old.addAll(renewManifest(end));
        folder.awaitGone(old);
        steps.run(step -> {
            for (ErasureMark mark : marks) {
                step.delete(Table.META, mark.encode());
            }
            return true;
        });
        return true;
    }

    /// The manifests from before.
    private Set<Path> renewManifest(long end) throws RocksDBException, StoreException, IOException {
        Set<Path> before = folder.manifests();
        for (int i = 0; i < MANIFEST_FLUSHES_MAX; i++) {
            steps.run(step -> {
                step.put(
                        Table.META,
                        ROUND_KEY,
                        ByteBuffer.allocate(Long.BYTES).putLong(end).array());
                return true;
            });
            database.flush(Table.META);
            if (!before.containsAll(folder.manifests())) {
                return before;
            }
        }
        throw new IOException("RocksDB begins no new manifest; the old one may name keys of erased rows");
    }

    private List<ErasureMark> marksBefore(long end) throws RocksDBException {
        List<ErasureMark> marks = new ArrayList<>();
        database.keysBetween(Table.META, ErasureMark.KEYS_BEGIN, Batch.next(ErasureMark.KEYS_BEGIN), key -> {
            ErasureMark mark = ErasureMark.decode(key);
            if (mark.round() < end) {
                marks.add(mark);
            }
            return true;
        });
        return marks;
    }
}
