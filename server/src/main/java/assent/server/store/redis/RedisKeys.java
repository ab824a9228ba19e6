package assent.server.store.redis;

import assent.server.redis.Slots;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The names of everything that is kept. A key is a letter for its kind, a hash tag, and the 16 or 32
/// random or hashed bytes that it is about: nothing personal is in it.
///
/// | letter | bytes | what |
/// |---|---|---|
/// | `a` | MAC of a number, or subject | hash, see below |
/// | `m` | MAC | sorted set: the messages that wait, by sequence |
/// | `s` | MAC | hash: what is known of each message that waits or was there |
/// | `f` | MAC | hash: messages that fell back, or will; also of numbers that nobody has |
/// | `e` | MAC | sorted set: what of all this expires, by time |
/// | `b` | MAC | set: the block list |
/// | `t` | MAC | hash: the seat of the number's live session: `g` gateway, `d` device, `e` epoch |
/// | `x` | none | sorted set: whose time comes next in this partition |
/// | `d` | device id | the MAC that it is activated for |
/// | `c` | consent id | an approval that waits (`P`), or the MAC that it went to (`T`) |
/// | `n` | SHA-256 | a notice |
/// | `l` | none | a ledger |
/// | `z` | none | hash: version, check of the keys, generation |
///
/// Fields of `a`: `i` device and consent that have the number, `r` the activation, `c` its consent, `p`
/// the PIN, `q` the last sequence, `b` bytes that wait, `1` `2` `3` `T` counters, `h` who holds an
/// invitation.
///
/// The tag is one of [#PARTITIONS] short texts, chosen by the bytes. Its slots are spread evenly, so a
/// cluster may divide them as it likes; and since all keys of a partition share a slot, what concerns
/// one number can change in one atomic step, its entry among what expires included.
final class RedisKeys {
    static final int PARTITIONS = 4096;

    private static final int SLOTS_EACH = 16_384 / PARTITIONS;
    private static final byte[][] TAGS = tags();

    private RedisKeys() {}

    /// For each partition the first number whose slot is among its own.
    private static byte[][] tags() {
        byte[][] tags = new byte[PARTITIONS][];
        int found = 0;
        for (int i = 0; found < PARTITIONS; i++) {
            byte[] text = Integer.toString(i, Character.MAX_RADIX).getBytes(StandardCharsets.US_ASCII);
            int partition = Slots.of(text) / SLOTS_EACH;
            if (tags[partition] == null) {
                tags[partition] = text;
                found++;
            }
        }
        return tags;
    }

    static int partition(byte[] about) {
        return (about[0] & 0xff) << 4 | (about[1] & 0xff) >> 4;
    }

    static byte[] key(char kind, byte[] about) {
        byte[] tag = TAGS[partition(about)];
        return ByteBuffer.allocate(3 + tag.length + about.length)
                .put((byte) kind)
                .put((byte) '{')
                .put(tag)
                .put((byte) '}')
                .put(about)
                .array();
    }

    /// The bytes that a key is about: what comes after its hash tag.
    static byte[] about(byte[] key) {
        int at = 0;
        while (key[at] != '}') {
            at++;
        }
        return Arrays.copyOfRange(key, at + 1, key.length);
    }

    /// What of a partition expires.
    static byte[] expiry(int partition) {
        byte[] tag = TAGS[partition];
        return ByteBuffer.allocate(3 + tag.length)
                .put((byte) 'x')
                .put((byte) '{')
                .put(tag)
                .put((byte) '}')
                .array();
    }

    static byte[] expiry(byte[] about) {
        return expiry(partition(about));
    }

    /// A key of the whole store.
    static byte[] single(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    /// All keys of a number, or of another 32 bytes.
    static final class Of {
        final byte[] a;
        final byte[] m;
        final byte[] s;
        final byte[] f;
        final byte[] e;
        final byte[] b;
        final byte[] t;
        final byte[] x;

        Of(byte[] about) {
            a = key('a', about);
            m = with('m');
            s = with('s');
            f = with('f');
            e = with('e');
            b = with('b');
            t = with('t');
            x = expiry(about);
        }

        private byte[] with(char kind) {
            byte[] key = Arrays.copyOf(a, a.length);
            key[0] = (byte) kind;
            return key;
        }
    }
}
