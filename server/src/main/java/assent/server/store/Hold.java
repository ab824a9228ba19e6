package assent.server.store;

/// How a session's seat stands.
public enum Hold {
    /// The activation is there, and this gateway has its seat.
    HERE,
    /// The activation is there, and another gateway has its seat.
    ELSEWHERE,
    /// The activation is gone.
    GONE
}
