package assent.server.store;

import assent.protocol.PhoneNumber;

/// Whom a user blocked at one moment. Immutable and thread-safe; asking does not block.
@FunctionalInterface
public interface Blocked {
    /// Of a user who blocks nobody.
    Blocked NOBODY = number -> false;

    boolean contains(PhoneNumber number);
}
