package assent.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The body of a message: 1 byte to [Limits#BODY_BYTES_MAX], opaque to the gateway, which hands on
/// exactly these bytes.
///
/// Personal data: [#toString] shows the length only. Immutable.
public final class Body {
    private final BodyType type;
    private final byte[] bytes;

    private Body(BodyType type, byte[] bytes) {
        if (bytes.length == 0 || bytes.length > Limits.BODY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a body has 1 to " + Limits.BODY_BYTES_MAX + " bytes, not " + bytes.length);
        }
        this.type = type;
        this.bytes = bytes;
    }

    /// Takes ownership of `bytes`.
    ///
    /// @throws IllegalArgumentException if there are none or too many
    public static Body wrap(BodyType type, byte[] bytes) {
        return new Body(type, bytes);
    }

    /// @throws IllegalArgumentException if `text` is empty or its UTF-8 form is too long
    public static Body text(String text) {
        return new Body(BodyType.TEXT_UTF8, text.getBytes(StandardCharsets.UTF_8));
    }

    public BodyType type() {
        return type;
    }

    public int length() {
        return bytes.length;
    }

    /// Lends the bytes themselves: the borrower must not change them.
    public byte[] borrow() {
        return bytes;
    }

    public String toUtf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body that && type == that.type && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Body[" + type + ", " + bytes.length + " bytes]";
    }
}
