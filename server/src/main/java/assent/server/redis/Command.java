package assent.server.redis;

import java.nio.charset.StandardCharsets;
import redis.clients.jedis.commands.ProtocolCommand;

/// One command to Redis. Immutable as long as nobody changes the arrays, which it does not copy; printing shows its
/// name alone.
public final class Command {
    /// Says where the command goes: to the node that has this key.
    final byte[] key;

    final ProtocolCommand name;
    final byte[][] arguments;

    Command(byte[] key, ProtocolCommand name, byte[][] arguments) {
        this.key = key;
        this.name = name;
        this.arguments = arguments;
    }

    /// @param arguments the key among them, where the command wants it
    public static Command of(Name name, byte[] key, byte[]... arguments) {
        return new Command(key, name, arguments);
    }

    /// The commands that are used, so that an operator can allow them and no others.
    public enum Name implements ProtocolCommand {
        DEL,
        GET,
        HGET,
        HGETALL,
        HMGET,
        HSCAN,
        PEXPIRE,
        SCARD,
        SET,
        SMEMBERS,
        XADD,
        XRANGE,
        XREAD,
        XTRIM,
        ZADD,
        ZRANGEBYSCORE,
        ZREM;

        private final byte[] raw = name().getBytes(StandardCharsets.US_ASCII);

        @Override
        public byte[] getRaw() {
            return raw;
        }
    }

    @Override
    public String toString() {
        return "Command[" + new String(name.getRaw(), StandardCharsets.US_ASCII) + "]";
    }
}
