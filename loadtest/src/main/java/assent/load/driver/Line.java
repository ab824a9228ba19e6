package assent.load.driver;

/// A phone's connection. Confined to its event loop, as its [LineEvents] are.
public interface Line {
    /// Sends one text to the line's peer; what becomes of it is told to the [LineEvents].
    ///
    /// @param number counts the texts of this pair, 1, 2, 3, …, over all its connections
    /// @param text borrowed: it must not change
    void send(long number, byte[] text);

    /// Writes something small, so that the server does not take the phone for dead.
    void keepAlive();

    /// Ends it; [LineEvents#ended] follows.
    void close();
}
