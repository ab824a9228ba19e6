package assent.server.store.redis;

import assent.server.keys.Keys;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the store says of itself: which version of the layout it has, which keys seal it, and how often
/// gateways have opened it.
final class Meta {
    private static final byte[] KEY = RedisKeys.single("z{z}");
    private static final byte[] VERSION_FIELD = Times.word("version");
    private static final byte[] CHECK_FIELD = Times.word("keys");
    private static final byte[] VERSION = Times.word("1");

    private Meta() {}

    static boolean isThere(RedisLink link) throws RedisException {
        return !Replies.isNil(field(link, CHECK_FIELD));
    }

    private static @Nullable Object field(RedisLink link, byte[] name) throws RedisException {
        return link.read(List.of(Command.of(Command.Name.HGET, KEY, KEY, name))).getFirst();
    }

    /// @return how often it has been opened, this time included
    /// @throws RedisException if these keys or this version cannot open it
    static long enter(RedisLink link, Keys keys) throws RedisException {
        link.read(List.of(
                Command.of(Command.Name.HSETNX, KEY, KEY, VERSION_FIELD, VERSION),
                Command.of(
                        Command.Name.HSETNX, KEY, KEY, CHECK_FIELD, keys.check().toArray())));
        byte[] version = Replies.bytes(field(link, VERSION_FIELD));
        if (!Arrays.equals(version, VERSION)) {
            throw new RedisException(
                    "the store in Redis is of version " + Replies.word(version) + ", this gateway knows "
                            + Replies.word(VERSION) + "; start the gateway that wrote it, or a newer one");
        }
        if (!Arrays.equals(Replies.bytes(field(link, CHECK_FIELD)), keys.check().toArray())) {
            throw new RedisException("the store in Redis was sealed with other keys than those in data.key-file; all"
                    + " gateways of one store need the same key file");
        }
        try (var writer = link.writer(List.of())) {
            Command rise = Command.of(Command.Name.HINCRBY, KEY, KEY, Times.word("generation"), Times.word("1"));
            return Replies.number(writer.runConfirmed(List.of(rise)).getFirst());
        }
    }
}
