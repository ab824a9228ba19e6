package assent.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable run of bytes with value equality: keys, hashes, nonces, signatures, canonical documents.
///
/// Thread-safe. Printing shows the length only, since some of these are secret.
public final class Bytes {
    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /// Takes ownership of `array`: the caller must not change it afterwards.
    public static Bytes wrap(byte[] array) {
        return new Bytes(array);
    }

    public static Bytes copyOf(byte[] array) {
        return new Bytes(array.clone());
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws IllegalArgumentException if `hex` is not an even number of hexadecimal digits
    public static Bytes fromHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    public int length() {
        return array.length;
    }

    public byte[] toArray() {
        return array.clone();
    }

    /// Lends the bytes themselves, for hashing and copying on: the borrower must not change or keep
    /// them.
    public byte[] borrow() {
        return array;
    }

    public String hex() {
        return HexFormat.of().formatHex(array);
    }

    public String toUtf8() {
        return new String(array, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return "Bytes[" + array.length + "]";
    }
}
