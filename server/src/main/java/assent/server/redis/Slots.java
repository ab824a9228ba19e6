package assent.server.redis;

import redis.clients.jedis.util.JedisClusterCRC16;

/// Which of a cluster's 16,384 slots a text falls into.
public final class Slots {
    private Slots() {}

    /// The slot of a key, or of a hash tag.
    public static int of(byte[] text) {
        return JedisClusterCRC16.getSlot(text);
    }
}
