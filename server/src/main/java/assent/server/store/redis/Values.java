package assent.server.store.redis;

import java.util.Arrays;

/// Values that begin with a letter for what they are.
final class Values {
    private Values() {}

    static byte[] with(char kind, byte[]... parts) {
        int length = 1;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] value = new byte[length];
        value[0] = (byte) kind;
        int at = 1;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, value, at, part.length);
            at += part.length;
        }
        return value;
    }

    static boolean is(char kind, byte[] value) {
        return value.length > 0 && value[0] == kind;
    }

    static byte[] content(byte[] value) {
        return Arrays.copyOfRange(value, 1, value.length);
    }
}
