package assent.server.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How Redis is reached, and what it has to confirm. Immutable; printing shows no password.
///
/// @param nodes of a primary and its replicas, all of them, so that the primary is found whichever
///     it is; of a cluster, some
/// @param cluster whether they are of a Redis Cluster
/// @param login user and password; without a user it is that of Redis's default user
/// @param tls absent for plain TCP
/// @param database of the server; a cluster has 0 alone
/// @param replicasRequired that must have a write before it counts; absent: 1 if every primary has
///     a replica when the link opens, else 0
/// @param confirmWithin time for the replicas to confirm
/// @param readConnectionsMax for each node; one more reader waits for `replyWithin`
public record RedisSettings(
        List<RedisAddress> nodes,
        boolean cluster,
        Optional<Login> login,
        Optional<Tls> tls,
        int database,
        Optional<Integer> replicasRequired,
        Duration connectWithin,
        Duration replyWithin,
        Duration confirmWithin,
        int readConnectionsMax) {
    public RedisSettings {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("no node of Redis is named; expected at least one");
        }
    }

    public record Login(Optional<String> user, RedisPassword password) {}

    /// @param authorities PEM file of the certificates that the nodes' must lead to; absent: those
    ///     of the Java platform
    public record Tls(Optional<Path> authorities) {}

    /// On these nodes, plain and without a password, with the defaults.
    public static RedisSettings of(List<RedisAddress> nodes, boolean cluster) {
        return new RedisSettings(
                nodes,
                cluster,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                16);
    }

    public RedisSettings withDatabase(int database) {
        return new RedisSettings(
                nodes,
                cluster,
                login,
                tls,
                database,
                replicasRequired,
                connectWithin,
                replyWithin,
                confirmWithin,
                readConnectionsMax);
    }

    public RedisSettings withLogin(Login login) {
        return new RedisSettings(
                nodes,
                cluster,
                Optional.of(login),
                tls,
                database,
                replicasRequired,
                connectWithin,
                replyWithin,
                confirmWithin,
                readConnectionsMax);
    }

    public RedisSettings withTls(Tls tls) {
        return new RedisSettings(
                nodes,
                cluster,
                login,
                Optional.of(tls),
                database,
                replicasRequired,
                connectWithin,
                replyWithin,
                confirmWithin,
                readConnectionsMax);
    }

    public RedisSettings withReplicasRequired(int replicas, Duration confirmWithin) {
        return new RedisSettings(
                nodes,
                cluster,
                login,
                tls,
                database,
                Optional.of(replicas),
                connectWithin,
                replyWithin,
                confirmWithin,
                readConnectionsMax);
    }
}
