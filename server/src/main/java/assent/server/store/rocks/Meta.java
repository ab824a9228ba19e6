package assent.server.store.rocks;

import assent.server.keys.Keys;
import assent.server.store.StoreException;
import assent.server.store.copy.CopyMark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// What the store knows of itself: which version wrote it, which keys belong to it, how often it was
/// opened.
final class Meta {
    static final int SCHEMA = 1;

    private static final byte[] SCHEMA_KEY = "schema".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEYS_KEY = "keys".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COPY_KEY = "copy".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GENERATION_KEY = "generation".getBytes(StandardCharsets.US_ASCII);

    private Meta() {}

    /// Refuses what another version wrote or other keys sealed, or a copy that is not whole, before
    /// anything is changed; then counts this opening.
    ///
    /// @return the store's generation
    static long enter(Database database, Path folder, Keys keys) throws RocksDBException, StoreException {
        check(database, folder, keys);
        Optional<CopyMark> copy = copyMark(database);
        if (copy.isPresent() && !copy.get().isFinished()) {
            throw new StoreException("The store in " + folder + " is a copy that was not finished: finish it with"
                    + " 'gateway store copy', or name another folder.");
        }
        long generation = generation(database) + 1;
        try (var batch = new WriteBatch()) {
            putOwner(database, batch, keys);
            putGeneration(database, batch, generation);
            database.delete(batch, Table.META, COPY_KEY);
            database.write(batch);
        }
        return generation;
    }

    /// Refuses what another version wrote or other keys sealed.
    static void check(Database database, Path folder, Keys keys) throws RocksDBException, StoreException {
        Optional<byte[]> schema = database.get(Table.META, SCHEMA_KEY);
        if (schema.isPresent() && ByteBuffer.wrap(schema.get()).getInt() != SCHEMA) {
            throw OpenChecks.newerSchema(
                    folder,
                    "its schema is " + ByteBuffer.wrap(schema.get()).getInt() + ", this version's is " + SCHEMA);
        }
        Optional<byte[]> check = database.get(Table.META, KEYS_KEY);
        if (check.isPresent() && !Arrays.equals(check.get(), keys.check().borrow())) {
            throw OpenChecks.wrongKeys(folder);
        }
    }

    static long generation(Database database) throws RocksDBException {
        return database.get(Table.META, GENERATION_KEY)
                .map(value -> ByteBuffer.wrap(value).getLong())
                .orElse(0L);
    }

    static void putGeneration(Database database, WriteBatch batch, long generation) throws RocksDBException {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(generation).array();
        database.put(batch, Table.META, GENERATION_KEY, value);
    }

    /// From now on the store is of this version and these keys.
    static void putOwner(Database database, WriteBatch batch, Keys keys) throws RocksDBException {
        byte[] schema = ByteBuffer.allocate(Integer.BYTES).putInt(SCHEMA).array();
        database.put(batch, Table.META, SCHEMA_KEY, schema);
        database.put(batch, Table.META, KEYS_KEY, keys.check().toArray());
    }

    static Optional<CopyMark> copyMark(Database database) throws RocksDBException {
        return database.get(Table.META, COPY_KEY).map(CopyMark::decode);
    }

    static void putCopyMark(Database database, WriteBatch batch, CopyMark mark) throws RocksDBException {
        database.put(batch, Table.META, COPY_KEY, mark.encode());
    }
}
