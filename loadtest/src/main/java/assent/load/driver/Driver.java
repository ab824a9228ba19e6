package assent.load.driver;

import io.netty.channel.EventLoop;

/// Makes the connections of phones to one server. Thread-safe.
public interface Driver {
    /// Begins to connect; `events` hears when it is ready, or why it has ended.
    void connect(Place place, EventLoop loop, LineEvents events);

    /// Who connects. Immutable.
    ///
    /// @param phone index among all phones, from 0
    /// @param peer the phone that its texts go to
    /// @param remembered the server keeps what comes while the phone is away (where a protocol lets the
    ///     phone choose)
    record Place(int phone, int peer, boolean remembered) {}
}
