package assent.server.store.rocks;

import assent.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// Reads a whole store and changes nothing, for `gateway doctor`. Stateless.
public final class StoreCheckup {
    private StoreCheckup() {}

    /// What a store holds.
    ///
    /// @param bytes of its table files
    public record Found(long tableFiles, long bytes) {}

    /// Compares each file with what it was when the store was closed, then reads every block of every
    /// table against its checksum. May be used beside a gateway that has the store open, which then
    /// may remove a file under the reader: an exception that says so. Blocks for as long as reading
    /// the store takes.
    ///
    /// @throws StoreException if the store is damaged, of another version, or cannot be read
    public static Found look(Path folder) throws StoreException {
        RocksDB.loadLibrary();
        OpenChecks.check(folder);
        ClosingNote.compare(folder);
        try (var natives = new Natives()) {
            return read(folder, natives);
        } catch (RocksDBException e) {
            throw OpenChecks.explain(folder, e);
        } catch (IOException e) {
            throw new StoreException(
                    "No temporary folder could be made (" + e + "): check java.io.tmpdir, and who may write there.", e);
        }
    }

    private static Found read(Path folder, Natives natives) throws RocksDBException, IOException {
        // RocksDB writes words for people wherever it opens: not into a store that is only looked at.
        Path words = Files.createTempDirectory("assent-doctor");
        try {
            List<ColumnFamilyDescriptor> families = new ArrayList<>();
            for (Table table : Table.values()) {
                families.add(new ColumnFamilyDescriptor(table.familyName(), natives.own(new ColumnFamilyOptions())));
            }
            var options = natives.own(new DBOptions()).setParanoidChecks(true).setDbLogDir(words.toString());
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = natives.own(RocksDB.openReadOnly(options, folder.toString(), families, handles));
            handles.forEach(natives::own);
            db.verifyChecksum();
            var files = db.getLiveFilesMetaData();
            return new Found(
                    files.size(), files.stream().mapToLong(file -> file.size()).sum());
        } finally {
            natives.close();
            delete(words);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
