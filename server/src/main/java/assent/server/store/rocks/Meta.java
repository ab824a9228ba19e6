package assent.server.store.rocks;

import assent.server.keys.Keys;
import assent.server.store.StoreException;
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
    private static final byte[] GENERATION_KEY = "generation".getBytes(StandardCharsets.US_ASCII);

    private Meta() {}

    /// Refuses what another version wrote or other keys sealed, before anything is changed; then counts
    /// this opening.
    ///
    /// @return the store's generation
    static long enter(Database database, Path folder, Keys keys) throws RocksDBException, StoreException {
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
        long generation = database.get(Table.META, GENERATION_KEY)
                        .map(value -> ByteBuffer.wrap(value).getLong())
                        .orElse(0L)
                + 1;
        try (var batch = new WriteBatch()) {
            database.put(
                    batch,
                    Table.META,
                    SCHEMA_KEY,
                    ByteBuffer.allocate(4).putInt(SCHEMA).array());
            database.put(batch, Table.META, KEYS_KEY, keys.check().toArray());
            database.put(
                    batch,
                    Table.META,
                    GENERATION_KEY,
                    ByteBuffer.allocate(8).putLong(generation).array());
            database.write(batch);
        }
        return generation;
    }
}
