package assent.load.driver;

/// What happens to a [Line]. Called on its event loop.
public interface LineEvents {
    /// A text's number where the protocol does not carry it: it is the next one in order.
    long IN_ORDER = -1;

    /// Why a connection ended that its phone has closed.
    String ASKED = "asked";

    /// What a server may answer to a text.
    enum Answer {
        /// It is with the recipient's phone.
        DELIVERED,
        /// The server has taken it: on storage (gateway), or on nothing but its word (broker).
        TAKEN
    }

    /// Connected, signed in and subscribed: texts may go and come.
    void ready(Line line);

    /// The server's answer to [Line#send].
    void accepted(long number, Answer answer);

    /// The server did not take the text.
    ///
    /// @param reason a fixed word for counting
    void refused(long number, String reason);

    /// A text has come for this phone; the line acknowledges it by itself.
    ///
    /// @param number as its sender gave it, or [#IN_ORDER]
    void arrived(long number, byte[] text);

    /// The connection is gone, or was never there. The last event of a line.
    ///
    /// @param reason a fixed word for counting
    void ended(Line line, String reason);
}
