package assent.protocol;

/// What the bytes of a body are. The gateway does not look.
public enum BodyType {
    TEXT_UTF8(1),

    /// See [ReadMark].
    READ_MARK(2);

    private final int wireCode;

    BodyType(int wireCode) {
        this.wireCode = wireCode;
    }

    /// The number that stands for it on the wire and in stores; never reused.
    public int wireCode() {
        return wireCode;
    }

    /// @throws IllegalArgumentException for a number that stands for nothing
    public static BodyType ofWireCode(int wireCode) {
        for (BodyType type : values()) {
            if (type.wireCode == wireCode) {
                return type;
            }
        }
        throw new IllegalArgumentException("no body type has the number " + wireCode);
    }
}
