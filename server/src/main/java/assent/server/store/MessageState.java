package assent.server.store;

/// What a mailbox knows of a message.
///
/// ``` WAITING ---acknowledged, the sender knew it queued---> DELIVERED_FROM_QUEUE ---its
/// expiry---> forgotten |-------acknowledged, the sender heard DELIVERED--> DELIVERED
/// -------------its expiry---> forgotten |-------expired, withdrawn or superseded---------->
/// forgotten
/// ```
///
/// Nothing leads back: while a mailbox remembers what became of a message, the same message cannot
/// be put there again.
public enum MessageState {
    WAITING(0),
    /// Its sender was told QUEUED and is owed a receipt.
    DELIVERED_FROM_QUEUE(1),
    /// Its sender was told DELIVERED: the acknowledgement came while the message was being stored.
    DELIVERED(2);

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
