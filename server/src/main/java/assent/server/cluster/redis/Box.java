package assent.server.cluster.redis;

import assent.server.cluster.Letter;
import assent.server.cluster.LetterBytes;
import assent.server.redis.Command;
import assent.server.store.GatewayId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The commands about one gateway's box of letters. Pure functions.
public final class Box {
    /// Letters that a box holds; the oldest go first. About 100 bytes each.
    static final int LETTERS_MAX = 100_000;

    private static final byte[] FIELD = bytes("l");

    private Box() {}

    static byte[] key(GatewayId gateway) {
        return bytes("letters:{" + gateway + "}");
    }

    /// Puts a letter into the gateway's box, if it has one: the reply is null if not.
    public static Command put(GatewayId to, Letter letter) {
        byte[] key = key(to);
        return Command.of(
                Command.Name.XADD,
                key,
                key,
                bytes("NOMKSTREAM"),
                bytes("MAXLEN"),
                bytes("~"),
                bytes(Integer.toString(LETTERS_MAX)),
                bytes("*"),
                FIELD,
                LetterBytes.of(letter));
    }

    /// Makes a box that is not there; its first entry is no letter.
    static Command make(byte[] key) {
        return Command.of(Command.Name.XADD, key, key, bytes("*"), FIELD, new byte[0]);
    }

    static Command prolong(byte[] key, Duration lease) {
        return Command.of(Command.Name.PEXPIRE, key, key, bytes(Long.toString(lease.toMillis())));
    }

    static Command remove(byte[] key) {
        return Command.of(Command.Name.DEL, key, key);
    }

    static Command read(byte[] key, String after, int countMax, Duration blocks) {
        return Command.of(
                Command.Name.XREAD,
                key,
                bytes("COUNT"),
                bytes(Integer.toString(countMax)),
                bytes("BLOCK"),
                bytes(Long.toString(blocks.toMillis())),
                bytes("STREAMS"),
                key,
                bytes(after));
    }

    static Command oldest(byte[] key) {
        return Command.of(Command.Name.XRANGE, key, key, bytes("-"), bytes("+"), bytes("COUNT"), bytes("1"));
    }

    /// Removes what was read, but for the last: it shows later that nothing behind it was cut off.
    static Command trim(byte[] key, String lastRead) {
        return Command.of(Command.Name.XTRIM, key, key, bytes("MINID"), bytes("="), bytes(lastRead));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
