package assent.server.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// A connection that one thread keeps, since `WAIT` speaks of the writes of its own connection
/// alone. What is put is sent by [#send], so that several nodes work at the same time. Confined to
/// one thread.
final class HeldConnection extends Connection {
    /// After such a pause the node may have closed it, which only the next use would tell.
    private static final long SUSPECT_AFTER_NANOS = Duration.ofSeconds(1).toNanos();

    private boolean knowsScripts;
    private long usedAtNanos = System.nanoTime();
    private int awaited;

    HeldConnection(HostAndPort address, JedisClientConfig config) {
        super(address, config);
    }

    void put(Command command) {
        sendCommand(command.name, command.arguments);
        awaited++;
    }

    void putWait(int replicas, Duration within) {
        sendCommand(Protocol.Command.WAIT, Integer.toString(replicas), Long.toString(within.toMillis()));
        awaited++;
    }

    void send() {
        flush();
    }

    /// How many replies are still to be read.
    int awaited() {
        return awaited;
    }

    /// The next reply; a refusal is one too.
    Object take() {
        awaited--;
        usedAtNanos = System.nanoTime();
        try {
            return getOne();
        } catch (JedisDataException refusal) {
            return refusal;
        }
    }

    List<Object> take(int count) {
        List<Object> replies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            replies.add(take());
        }
        return replies;
    }

    /// Whether it can be used, as far as can be known.
    boolean isSound() {
        if (isBroken() || awaited > 0) {
            return false;
        }
        if (System.nanoTime() - usedAtNanos < SUSPECT_AFTER_NANOS) {
            return true;
        }
        try {
            return ping();
        } catch (JedisException e) {
            return false;
        }
    }

    /// Makes the scripts known to the node, unless this connection did so before.
    void load(List<Script> scripts) {
        if (!knowsScripts) {
            scripts.forEach(script -> sendCommand(Protocol.Command.SCRIPT, bytes("LOAD"), script.text));
            for (Object reply : getMany(scripts.size())) {
                if (reply instanceof JedisException e) {
                    throw e;
                }
            }
            knowsScripts = true;
        }
    }

    void forgetScripts() {
        knowsScripts = false;
    }

    private static byte[] bytes(String word) {
        return word.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    void closeQuietly() {
        try {
            close();
        } catch (JedisException e) {
            setBroken(); // it is gone either way
        }
    }
}
