package assent.server.store;

/// What a mailbox knows of a message.
///
/// | from | when | to |
/// |---|---|---|
/// | `WAITING` | acknowledged; its sender was told QUEUED | `DELIVERED_FROM_QUEUE` |
/// | `WAITING` | acknowledged; its sender was told DELIVERED | `DELIVERED` |
/// | any, or on its way to a device | the number is activated on another device | `PURGED` |
/// | any | expired, withdrawn, or too many outcomes | forgotten |
///
/// Nothing leads back: while a mailbox remembers what became of a message, the same message cannot be
/// put there again.
public enum MessageState {
    WAITING(0),
    /// Its sender was told QUEUED and is owed a receipt.
    DELIVERED_FROM_QUEUE(1),
    /// Its sender was told DELIVERED: the acknowledgement came while the message was being stored.
    DELIVERED(2),
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
