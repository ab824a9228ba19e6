package assent.server.redis;

import java.util.List;

/// Some keys of a primary. Immutable as long as nobody changes the arrays.
///
/// @param cursor where the next page begins
public record KeyPage(String cursor, List<byte[]> keys) {
    /// Where a walk begins, and what the last page says.
    public static final String BEGINNING = "0";

    public KeyPage {
        keys = List.copyOf(keys);
    }

    public boolean isLast() {
        return cursor.equals(BEGINNING);
    }
}
