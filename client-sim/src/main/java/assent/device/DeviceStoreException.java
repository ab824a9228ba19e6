package assent.device;

import java.io.Serial;

/// A device's store cannot be opened, or cannot keep what it was given. The message says what to do;
/// retrying without doing it does not help.
public final class DeviceStoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    DeviceStoreException(String message) {
        super(message);
    }

    DeviceStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
