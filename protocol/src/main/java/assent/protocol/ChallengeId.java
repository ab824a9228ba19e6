package assent.protocol;

/// Names one challenge: a code or a text that one claim asked for.
public record ChallengeId(long high, long low) implements Id {
    public static ChallengeId random() {
        return Id.random(ChallengeId::new);
    }

    /// Reads the identifier's 16 bytes from `bytes` at `offset`.
    public static ChallengeId read(byte[] bytes, int offset) {
        return Id.read(bytes, offset, ChallengeId::new);
    }

    /// @throws IllegalArgumentException if `hex` is not 32 hexadecimal digits
    public static ChallengeId parseHex(String hex) {
        return Id.parseHex(hex, ChallengeId::new);
    }

    @Override
    public String toString() {
        return hex();
    }
}
