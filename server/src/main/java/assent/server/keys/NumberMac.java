package assent.server.keys;

/// A phone number's pseudonym: HMAC-SHA-256 under the pepper, as four longs. Whoever lacks the pepper cannot tell which
/// number it is, nor try numbers until one fits. Immutable; [#toString] hides it.
public record NumberMac(long first, long second, long third, long fourth) {
    /// Length in stores, in bytes.
    public static final int BYTES = 32;

    @Override
    public String toString() {
        return "NumberMac[hidden]";
    }
}
