package assent.server.store;

/// What a store knows of a message.
///
/// | from | when | to | |---|---|---|
/// | `WAITING` | acknowledged; its sender was told QUEUED | `DELIVERED_FROM_QUEUE` |
/// | `WAITING` | acknowledged; its sender was or will be told DELIVERED | `DELIVERED` |
/// | `WAITING`, or not there | it has a deadline, and was not acknowledged by then | `FELL_BACK` |
/// | not there | it has a deadline, and there is no mailbox or no room for it | `FELL_BACK`, as of
/// the deadline |
/// | any but `FELL_BACK`, or on its way to a device | the number is activated on another device | `PURGED` |
/// | any | expired, withdrawn, or too many outcomes | forgotten |
///
/// Nothing leads back: while a store remembers what became of a message, the same message cannot be
/// put into a mailbox again.
///
/// The first three are kept in the recipient's mailbox, and erased with it. `FELL_BACK` is not, and does
/// not go with the recipient: it must be there for numbers that have no mailbox, too, or whoever asks
/// again would learn which have one.
public enum MessageState {
    WAITING(0),
    /// Its sender was told QUEUED and is owed a receipt.
    DELIVERED_FROM_QUEUE(1),
    /// Its sender was told DELIVERED when the acknowledgement came, and never QUEUED.
    DELIVERED(2),
    /// It is not delivered from its deadline on; its sender uses SMS.
    FELL_BACK(3),
    /// It was for a device that had the number before, and is erased: the new device's mailbox remembers
    /// its id alone, so that it never gets it, however often its sender asks.
    PURGED(4);

    private final byte code;

    MessageState(int code) {
        this.code = (byte) code;
    }

    /// How stores write it.
    public byte code() {
        return code;
    }

    /// @throws IllegalArgumentException if no state has this code
    public static MessageState of(byte code) {
        for (MessageState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no message state has the code " + code);
    }

    public boolean isDelivered() {
        return this == DELIVERED_FROM_QUEUE || this == DELIVERED;
    }
}
