package assent.server.store.redis;

import assent.server.keys.Keys;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.copy.CopyMark;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the store says of itself: which version of the layout it has, which keys seal it, and how often
/// gateways have opened it.
final class Meta {
    private static final byte[] KEY = RedisKeys.single("z{z}");
    private static final byte[] VERSION_FIELD = Times.word("version");
    private static final byte[] CHECK_FIELD = Times.word("keys");
    private static final byte[] VERSION = Times.word("1");

    private static final byte[] COPY_FIELD = Times.word("copy");
    private static final byte[] GENERATION_FIELD = Times.word("generation");

    private Meta() {}

    static long generation(RedisLink link) throws RedisException {
        byte[] digits = Replies.bytes(field(link, GENERATION_FIELD));
        return digits.length == 0 ? 0 : Replies.digits(digits);
    }

    static Optional<CopyMark> copyMark(RedisLink link) throws RedisException {
        byte[] mark = Replies.bytes(field(link, COPY_FIELD));
        return mark.length == 0 ? Optional.empty() : Optional.of(CopyMark.decode(mark));
    }

    /// Marks a store that is copied into, and makes it one of this version and these keys.
    static List<Command> mark(CopyMark mark, Keys keys) {
        return List.of(Command.of(
                Command.Name.HSET,
                KEY,
                KEY,
                VERSION_FIELD,
                VERSION,
                CHECK_FIELD,
                keys.check().toArray(),
                GENERATION_FIELD,
                Times.digits(mark.generation()),
                COPY_FIELD,
                mark.encode()));
    }

    /// Refuses what another version wrote or other keys sealed; a Redis without a store is neither.
    static void check(RedisLink link, Keys keys) throws RedisException {
        byte[] version = Replies.bytes(field(link, VERSION_FIELD));
        if (version.length > 0 && !Arrays.equals(version, VERSION)) {
            throw new RedisException(
                    "the store in Redis is of version " + Replies.word(version) + ", this gateway knows "
                            + Replies.word(VERSION) + "; start the gateway that wrote it, or a newer one");
        }
        byte[] check = Replies.bytes(field(link, CHECK_FIELD));
        if (check.length > 0 && !Arrays.equals(check, keys.check().toArray())) {
            throw new RedisException("the store in Redis was sealed with other keys than those in data.key-file; all"
                    + " gateways of one store need the same key file");
        }
    }

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
        check(link, keys);
        Optional<CopyMark> copy = copyMark(link);
        if (copy.isPresent() && !copy.get().isFinished()) {
            throw new RedisException("the store in Redis is a copy that was not finished; finish it with"
                    + " 'gateway store copy', or name another Redis");
        }
        try (var writer = link.writer(List.of())) {
            Command unmark = Command.of(Command.Name.HDEL, KEY, KEY, COPY_FIELD);
            Command rise = Command.of(Command.Name.HINCRBY, KEY, KEY, GENERATION_FIELD, Times.word("1"));
            return Replies.number(writer.runConfirmed(List.of(rise, unmark)).getFirst());
        }
    }
}
