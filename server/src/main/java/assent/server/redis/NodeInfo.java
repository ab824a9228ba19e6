package assent.server.redis;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.Protocol;

/// What a node says of itself (`INFO`). Immutable.
record NodeInfo(RedisAddress address, Map<String, String> fields) {
    private static final int MAJOR_MIN = 6;
    private static final int MINOR_MIN = 2;

    NodeInfo {
        fields = Map.copyOf(fields);
    }

    /// Throws Jedis's exceptions.
    static NodeInfo ask(RedisAddress address, HeldConnection connection) {
        connection.sendCommand(Protocol.Command.INFO);
        var text = new String(connection.getBinaryBulkReply(), StandardCharsets.UTF_8);
        Map<String, String> fields = new HashMap<>();
        for (String line : text.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return new NodeInfo(address, fields);
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }

    boolean isPrimary() {
        return field("role").equals("master");
    }

    int replicas() {
        return Integer.parseInt(fields.getOrDefault("connected_slaves", "0"));
    }

    /// @throws RedisException if texts cannot be trusted to this node
    void check(boolean cluster) throws RedisException {
        checkVersion();
        if (field("cluster_enabled").equals("1") != cluster) {
            throw new RedisException(
                    cluster
                            ? address
                                    + " is no node of a Redis Cluster, but store.redis.cluster is true; set it to false, or"
                                    + " name nodes of a cluster in store.redis.nodes"
                            : address
                                    + " is a node of a Redis Cluster, but store.redis.cluster is false; set it to true");
        }
        String policy = field("maxmemory_policy");
        if (!policy.equals("noeviction")) {
            throw new RedisException(address + " has the maxmemory-policy '" + policy
                    + "', with which Redis drops stored texts and consents when its memory is full; set it to"
                    + " 'noeviction' (redis-cli CONFIG SET maxmemory-policy noeviction, and in redis.conf)");
        }
    }

    private void checkVersion() throws RedisException {
        String version = field("redis_version");
        String[] parts = version.split("\\.", -1);
        try {
            int major = Integer.parseInt(parts[0]);
            int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            if (major > MAJOR_MIN || (major == MAJOR_MIN && minor >= MINOR_MIN)) {
                return;
            }
        } catch (NumberFormatException e) {
            throw new RedisException(
                    address + " says that its version is '" + version + "'; expected Redis 6.2 or later", e);
        }
        throw new RedisException(address + " is Redis " + version + "; expected 6.2 or later: upgrade it");
    }
}
