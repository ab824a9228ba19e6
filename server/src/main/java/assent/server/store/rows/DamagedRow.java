package assent.server.store.rows;

import java.io.Serial;

/// A row that we cannot have written, or not under these keys. An adapter makes it a
/// [assent.server.store.StoreException].
public final class DamagedRow extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public DamagedRow(Enum<?> table, String what) {
        super("a row of '" + table.name().toLowerCase(java.util.Locale.ROOT) + "' is unreadable: " + what);
    }
}
