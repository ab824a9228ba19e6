package assent.server.simulation;

import java.io.Serial;

/// Something happened that must not.
final class BrokenPromise extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    BrokenPromise(String what) {
        super(what);
    }
}
