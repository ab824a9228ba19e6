package assent.protocol;

/// Names one activated device, and so its mailbox. Given by the gateway at activation; a new
/// activation gets a new one.
public record DeviceId(long high, long low) implements Id {
    public static DeviceId random() {
        return Id.random(DeviceId::new);
    }

    /// Reads the identifier's 16 bytes from `bytes` at `offset`.
    public static DeviceId read(byte[] bytes, int offset) {
        return Id.read(bytes, offset, DeviceId::new);
    }

    /// @throws IllegalArgumentException if `hex` is not 32 hexadecimal digits
    public static DeviceId parseHex(String hex) {
        return Id.parseHex(hex, DeviceId::new);
    }

    @Override
    public String toString() {
        return hex();
    }
}
