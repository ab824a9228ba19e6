package assent.server.store;

import java.io.Serial;

/// The store failed. The message says what failed and what to do, and holds no personal data.
///
/// A failure passes, such as a full disk, or concerns one thing that is damaged, or is final. After
/// a final one nobody knows what is on the disk: this process must acknowledge nothing more, and a
/// new one must read what is there.
public final class StoreException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private enum Kind {
        PASSING,
        ONE_WRITE,
        FINAL
    }

    private final Kind kind;

    private StoreException(String message, Throwable cause, Kind kind) {
        super(message, cause);
        this.kind = kind;
    }

    public StoreException(String message, Throwable cause) {
        this(message, cause, Kind.PASSING);
    }

    public StoreException(String message) {
        super(message);
        this.kind = Kind.PASSING;
    }

    /// A failure after which the store keeps nothing more in this process.
    public static StoreException lasting(String message, Throwable cause) {
        return new StoreException(message, cause, Kind.FINAL);
    }

    /// A failure on one thing that is damaged: nothing of the step was written, and what does not touch
    /// that thing can be kept.
    public static StoreException damage(String message, Throwable cause) {
        return new StoreException(message, cause, Kind.ONE_WRITE);
    }

    /// Whether trying again is of no use, and forbidden.
    public boolean isFinal() {
        return kind == Kind.FINAL;
    }

    /// Whether a step without the write concerned may succeed.
    public boolean concernsOneWrite() {
        return kind == Kind.ONE_WRITE;
    }
}
