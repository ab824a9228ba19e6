package assent.server.redis;

import java.io.Serial;
import java.util.Objects;

/// Redis did not do what was asked, or nobody knows whether it did. The message says what to do
/// about it, and holds no key, no value and no password.
public final class RedisException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public RedisException(String message) {
        super(message);
    }

    public RedisException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Always there: no constructor does without.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
