package assent.server.redis;

import java.nio.charset.StandardCharsets;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;

/// One command to Redis. Immutable as long as nobody changes the arrays, which it does not copy;
/// printing shows its name alone.
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
        return new Command(key, name.jedis, arguments);
    }

    /// The commands that are used, besides `EVALSHA` and `EVAL`: an operator can allow these and no others.
    public enum Name {
        DEL,
        FLUSHDB,
        GET,
        HDEL,
        HGET,
        HGETALL,
        HINCRBY,
        HMGET,
        HSCAN,
        HSET,
        HSETNX,
        LLEN,
        LRANGE,
        PEXPIRE,
        SCARD,
        SET,
        SETNX,
        SMEMBERS,
        XADD,
        XRANGE,
        XREAD,
        XTRIM,
        ZADD,
        ZRANGEBYSCORE,
        ZREM;

        private final Protocol.Command jedis = Protocol.Command.valueOf(name());
    }

    @Override
    public String toString() {
        return "Command[" + new String(name.getRaw(), StandardCharsets.US_ASCII) + "]";
    }
}
