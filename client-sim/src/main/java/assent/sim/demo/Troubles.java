package assent.sim.demo;

/// Knows when something between senders and receivers was broken, and what that explains. Thread-safe.
@FunctionalInterface
public interface Troubles {
    /// Nothing breaks but the connections of phones.
    Troubles NONE = (sentAtNanos, settledAtNanos, senderMoved) -> false;

    /// Whether the news that a text was shown may have been lost on the way to its sender.
    ///
    /// @param sentAtNanos when the text was sent, by [System#nanoTime]
    /// @param settledAtNanos when its sender heard that it fell back
    /// @param senderMoved whether its sender lost the connection that it was sent on, in between
    boolean mayHaveTakenNews(long sentAtNanos, long settledAtNanos, boolean senderMoved);
}
