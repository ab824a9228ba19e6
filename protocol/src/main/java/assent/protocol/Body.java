package assent.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The body of a message: 1 byte to [Limits#BODY_BYTES_MAX], opaque to the gateway, which hands on
/// exactly these bytes.
///
/// Personal data: [#toString] shows the length only. Immutable.
public final class Body {
    /// Set in [#kind] beside the type's number, which is below it.
    private static final int READ_MARK_WANTED = 0x80;

    private final BodyType type;
    private final byte[] bytes;
    private final boolean readMarkWanted;

    private Body(BodyType type, byte[] bytes, boolean readMarkWanted) {
        if (bytes.length == 0 || bytes.length > Limits.BODY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a body has 1 to " + Limits.BODY_BYTES_MAX + " bytes, not " + bytes.length);
        }
        this.type = type;
        this.bytes = bytes;
        this.readMarkWanted = readMarkWanted && type == BodyType.TEXT_UTF8;
    }

    /// Takes ownership of `bytes`.
    ///
    /// @throws IllegalArgumentException if there are none or too many
    public static Body wrap(BodyType type, byte[] bytes) {
        return new Body(type, bytes, false);
    }

    /// @throws IllegalArgumentException if `text` is empty or its UTF-8 form is too long
    public static Body text(String text) {
        return wrap(BodyType.TEXT_UTF8, text.getBytes(StandardCharsets.UTF_8));
    }

    /// A body as it was kept: takes ownership of `bytes`.
    ///
    /// @param kind what [#kind] gave
    /// @throws IllegalArgumentException for a kind that stands for nothing, no bytes or too many
    public static Body ofKind(int kind, byte[] bytes) {
        return new Body(BodyType.ofWireCode(kind & ~READ_MARK_WANTED), bytes, (kind & READ_MARK_WANTED) != 0);
    }

    /// This body, whose sender wants a [ReadMark] for it. Nobody can want one for a mark: that body
    /// stays as it is.
    public Body wantingReadMark() {
        return new Body(type, bytes, true);
    }

    public BodyType type() {
        return type;
    }

    /// Whether the sender's user allows read marks, and so wants one for this text.
    public boolean readMarkWanted() {
        return readMarkWanted;
    }

    /// One byte for stores, 0 to 255: the type, and whether a read mark is wanted.
    public int kind() {
        return type.wireCode() | (readMarkWanted ? READ_MARK_WANTED : 0);
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
        return other instanceof Body that && kind() == that.kind() && Arrays.equals(bytes, that.bytes);
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
