package assent.server.keys;

import java.io.Serial;

/// A sealed value does not open: it was sealed under other keys, for another place, or was changed
/// since.
public final class BrokenSeal extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public BrokenSeal() {
        super("a sealed value does not open: it was sealed under other keys, or it was damaged");
    }
}
