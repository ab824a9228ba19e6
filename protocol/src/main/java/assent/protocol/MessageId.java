package assent.protocol;

/// Names one message: chosen by its sender, and the idempotency key of its sending.
public record MessageId(long high, long low) implements Id {
    public static MessageId random() {
        return Id.random(MessageId::new);
    }

    /// Reads the identifier's 16 bytes from `bytes` at `offset`.
    public static MessageId read(byte[] bytes, int offset) {
        return Id.read(bytes, offset, MessageId::new);
    }

    /// @throws IllegalArgumentException if `hex` is not 32 hexadecimal digits
    public static MessageId parseHex(String hex) {
        return Id.parseHex(hex, MessageId::new);
    }

    @Override
    public String toString() {
        return hex();
    }
}
