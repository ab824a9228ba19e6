package assent.server.redis;

import java.time.Duration;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// A connection that one thread waits on. [#close] may come from another thread, and ends the wait.
public final class DedicatedConnection implements AutoCloseable {
    private final HeldConnection connection;

    DedicatedConnection(HeldConnection connection) {
        this.connection = connection;
    }

    /// Runs one command, which may block in Redis for at most `blocks`; nothing is tried again.
    ///
    /// @return its reply; null where Redis says nil
    /// @throws RedisException if it was refused, or the connection broke; then close this
    public @org.jspecify.annotations.Nullable Object run(Command command, Duration blocks) throws RedisException {
        try {
            int before = connection.getSoTimeout();
            connection.setSoTimeout(Math.toIntExact(before + blocks.toMillis()));
            try {
                connection.put(command);
                connection.send();
                Object reply = connection.take();
                if (reply instanceof JedisDataException refusal) {
                    throw Refusals.explain(connection.getHostAndPort(), refusal);
                }
                return reply;
            } finally {
                connection.setSoTimeout(before);
            }
        } catch (JedisException e) {
            connection.setBroken();
            throw new RedisException("the connection to Redis broke (" + e.getMessage() + ").", e);
        }
    }

    @Override
    public void close() {
        connection.closeQuietly();
    }
}
