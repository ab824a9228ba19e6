package assent.server.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// Counts rows in the store of a gateway that has been stopped, past the store's own code.
public final class StoreRows {
    private StoreRows() {}

    /// How many rows a table of the store in this data folder has.
    public static int count(Path folder, String table) throws RocksDBException, IOException {
        if (TestedStore.isRedis()) {
            try (var rows = new RedisRows(folder)) {
                return rows.count(table);
            }
        }
        String store = folder.resolve("store").toString();
        RocksDB.loadLibrary();
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        try (var options = new Options();
                var databaseOptions = new DBOptions()) {
            for (byte[] name : RocksDB.listColumnFamilies(options, store)) {
                descriptors.add(new ColumnFamilyDescriptor(name));
            }
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            try (RocksDB database = RocksDB.openReadOnly(databaseOptions, store, descriptors, handles)) {
                for (ColumnFamilyHandle handle : handles) {
                    if (new String(handle.getName(), StandardCharsets.UTF_8).equals(table)) {
                        return count(database, handle);
                    }
                }
                throw new IllegalArgumentException("the store has no table " + table);
            }
        }
    }

    private static int count(RocksDB database, ColumnFamilyHandle table) {
        int rows = 0;
        try (RocksIterator each = database.newIterator(table)) {
            for (each.seekToFirst(); each.isValid(); each.next()) {
                rows++;
            }
        }
        return rows;
    }
}
