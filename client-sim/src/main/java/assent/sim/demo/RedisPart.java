package assent.sim.demo;

import assent.sim.redis.RedisCluster;
import assent.sim.redis.RedisReplicas;
import assent.sim.redis.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The Redis of a cluster of gateways. Closed by whoever started it.
///
/// @param servers all of them
/// @param isCluster whether they are a Redis Cluster
public record RedisPart(List<RedisServer> servers, boolean isCluster, AutoCloseable whole) implements AutoCloseable {
    public RedisPart {
        servers = List.copyOf(servers);
    }

    public static RedisPart of(RedisCluster cluster) {
        return new RedisPart(cluster.servers(), true, cluster);
    }

    public static RedisPart of(RedisReplicas replicas) {
        return new RedisPart(replicas.servers(), false, replicas);
    }

    /// What a gateway is started with to keep everything there.
    ///
    /// @param replicasRequired that must have a write before it is acknowledged
    public List<String> flags(int replicasRequired) {
        return flags(replicasRequired, addresses());
    }

    /// Likewise, for a gateway that has a way of its own there.
    ///
    /// @param nodes `host:port` of each
    public List<String> flags(int replicasRequired, List<String> nodes) {
        var flags = new ArrayList<String>();
        flags.add("--store-redis-nodes=" + String.join(",", nodes));
        flags.add("--store-redis-mode=" + (isCluster ? "CLUSTER" : "PRIMARY"));
        flags.add("--store-redis-replicas-required=" + replicasRequired);
        return List.copyOf(flags);
    }

    /// `host:port` of each.
    List<String> addresses() {
        return servers.stream().map(RedisServer::address).toList();
    }

    /// The folder in which all servers keep what they write.
    Path folder() {
        Path parent = servers.getFirst().folder().getParent();
        return parent == null ? servers.getFirst().folder() : parent;
    }

    @Override
    public void close() {
        try {
            whole.close();
        } catch (Exception e) {
            throw new DemoFailure("Redis could not be ended: " + e.getMessage(), e);
        }
    }
}
