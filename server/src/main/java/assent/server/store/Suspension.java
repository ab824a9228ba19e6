package assent.server.store;

import java.time.Instant;

/// Which activations are suspended. A store asks at every append and at every read of a mailbox, so a
/// suspension begins and ends for all activations at once, those of absent devices too, and no row
/// has to be changed for it. Thread-safe.
@FunctionalInterface
public interface Suspension {
    /// Nobody is.
    Suspension NONE = (_, _) -> false;

    /// @param noticeVersion of the notice that the activation rests on
    boolean applies(String noticeVersion, Instant at);
}
