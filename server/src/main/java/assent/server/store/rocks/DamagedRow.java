package assent.server.store.rocks;

import java.io.Serial;

/// A row that we cannot have written, or not under these keys. [RocksStore] makes it a
/// [assent.server.store.StoreException].
final class DamagedRow extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    DamagedRow(Table table, String what) {
        super("a row of '" + table.name().toLowerCase(java.util.Locale.ROOT) + "' is unreadable: " + what);
    }
}
