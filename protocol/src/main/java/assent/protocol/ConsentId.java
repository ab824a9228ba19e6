package assent.protocol;

/// Names one stored consent.
public record ConsentId(long high, long low) implements Id {
    public static ConsentId random() {
        return Id.random(ConsentId::new);
    }

    /// Reads the identifier's 16 bytes from `bytes` at `offset`.
    public static ConsentId read(byte[] bytes, int offset) {
        return Id.read(bytes, offset, ConsentId::new);
    }

    /// @throws IllegalArgumentException if `hex` is not 32 hexadecimal digits
    public static ConsentId parseHex(String hex) {
        return Id.parseHex(hex, ConsentId::new);
    }

    @Override
    public String toString() {
        return hex();
    }
}
