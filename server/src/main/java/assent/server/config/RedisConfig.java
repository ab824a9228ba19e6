package assent.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Redis instead of the embedded store, for several gateways that share what they keep.
///
/// @param nodes empty: the embedded store
/// @param password whether it was given itself or as [#passwordFile]
public record RedisConfig(
        @Setting(
                help =
                        "Redis nodes as host:port; with them the gateway keeps everything in Redis instead of its data folder."
                                + " Name a primary and all its replicas, or some nodes of a cluster",
                pattern = "(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+):[0-9]{1,5}",
                form = "host:port such as redis-1.example:6379")
        List<String> nodes,

        @Setting(
                help = "PRIMARY for one primary with or without replicas, CLUSTER for a Redis Cluster",
                byDefault = "PRIMARY")
        Mode mode,

        @Setting(help = "Number of the database; a cluster has 0 alone", byDefault = "0", min = "0", max = "1000000")
        int database,

        @Setting(help = "ACL user to authenticate as; without one it is Redis's default user", min = "1", max = "200")
        Optional<String> user,

        @Setting(
                help = "Password to authenticate with; not as a flag, since other users can see those",
                min = "1",
                max = "500")
        Optional<Secret> password,

        @Setting(help = "File whose first line is the password; instead of store.redis.password")
        Optional<Path> passwordFile,

        @Setting(
                help = "TCP, or TLS; then each node's certificate must be of the name that the node is reached by",
                byDefault = "TCP")
        Transport transport,

        @Setting(help = "PEM file with the certificate authorities of the nodes; without it those of the Java platform")
        Optional<Path> tlsAuthorities,

        @Setting(
                help =
                        "Replicas that must have a write before it is acknowledged; without it 1 where every primary has a"
                                + " replica at the start, else 0",
                min = "0",
                max = "16")
        Optional<Integer> replicasRequired,

        @Setting(
                help = "Time for the replicas to have a write; then what it was for is refused as STORE_UNAVAILABLE",
                byDefault = "1s",
                min = "10ms",
                max = "1m")
        Duration confirmWithin,

        @Setting(help = "Time for a connection to a node", byDefault = "1s", min = "10ms", max = "1m")
        Duration connectWithin,

        @Setting(
                help = "Time for a node to answer, longer than the replicas have; then nobody knows what it has kept",
                byDefault = "3s",
                min = "100ms",
                max = "5m")
        Duration replyWithin,

        @Setting(
                help = "Connections to each node for reading; one more reader waits for the time to answer",
                byDefault = "16",
                min = "1",
                max = "1000")
        int readConnectionsMax,

        @Setting(
                help =
                        "Most that this machine's clock may differ from Redis's; the gateway does not start with more, sends"
                                + " its phones to others while it is more, and stops pushing a text that falls back twice as long before its deadline",
                byDefault = "200ms",
                min = "0ms",
                max = "10s")
        Duration clockSkewMax) {
    public enum Mode {
        PRIMARY,
        CLUSTER
    }

    public enum Transport {
        TCP,
        TLS
    }

    /// Whether it is chosen.
    public boolean isChosen() {
        return !nodes.isEmpty();
    }
}
