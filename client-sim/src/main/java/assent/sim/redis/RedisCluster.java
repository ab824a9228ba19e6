package assent.sim.redis;

import assent.sim.process.ProcessFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A Redis Cluster: primaries that share the slots, each with replicas, of which the cluster itself promotes
/// one when a primary is gone. Thread-safe. All of it blocks, for a bounded time.
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;

    /// Until a server that does not answer is taken for dead. As short as a busy machine bears.
    private static final String NODE_TIMEOUT_MILLIS = "3000";

    private final RedisRun run;
    private final List<RedisServer> servers;

    private RedisCluster(RedisRun run, List<RedisServer> servers) {
        this.run = run;
        this.servers = List.copyOf(servers);
    }

    /// Three primaries with a replica each.
    public static RedisCluster start(RedisOptions options) throws InterruptedException {
        return start(options, 3, 1);
    }

    /// Starts one; all slots are served and every replica is in step when this returns.
    ///
    /// @param primaries at least 3, or none is ever promoted
    public static RedisCluster start(RedisOptions options, int primaries, int replicasEach)
            throws InterruptedException {
        RedisRun run = RedisRun.open();
        try {
            RedisOptions all = clustered(options);
            List<RedisServer> servers = IntStream.range(0, primaries * (1 + replicasEach))
                    .parallel()
                    .mapToObj(i -> RedisServer.start(run, all))
                    .toList();
            var cluster = new RedisCluster(run, servers);
            cluster.form(primaries);
            return cluster;
        } catch (InterruptedException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    private static RedisOptions clustered(RedisOptions options) {
        RedisOptions clustered = options.with("cluster-enabled", "yes").with("repl-diskless-sync-delay", "0");
        return options.settings().containsKey("cluster-node-timeout")
                ? clustered
                : clustered.with("cluster-node-timeout", NODE_TIMEOUT_MILLIS);
    }

    private void form(int primaries) throws InterruptedException {
        for (int i = 0; i < servers.size(); i++) {
            servers.get(i).ask("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (int i = 0; i < primaries; i++) {
            addSlots(servers.get(i), SLOTS * i / primaries, SLOTS * (i + 1) / primaries);
        }
        RedisServer first = servers.getFirst();
        for (RedisServer other : servers.subList(1, servers.size())) {
            first.ask("CLUSTER", "MEET", other.host(), Integer.toString(other.port()));
        }
        for (RedisServer server : servers) {
            Await.until(server + " knows all others", () -> knownTo(server) == servers.size());
        }
        for (int i = primaries; i < servers.size(); i++) {
            String primary = servers.get(i % primaries).ask("CLUSTER", "MYID").toString();
            servers.get(i).ask("CLUSTER", "REPLICATE", primary);
        }
        awaitOk();
    }

    private static void addSlots(RedisServer server, int from, int to) {
        var words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.range(from, to).mapToObj(Integer::toString).forEach(words::add);
        server.ask(words.toArray(String[]::new));
    }

    /// Nodes that have shaken hands.
    private static long knownTo(RedisServer server) {
        return ClusterView.of(server).stream().filter(ClusterView::isKnown).count();
    }

    /// Waits until every server that is alive says that all slots are served, and every replica that is
    /// alive is in step.
    public void awaitOk() throws InterruptedException {
        for (RedisServer server : servers) {
            Await.until(server + " is part of a cluster that is ok", () -> !server.isAlive() || isOk(server));
        }
    }

    private static boolean isOk(RedisServer server) {
        boolean served = server.ask("CLUSTER", "INFO").toString().contains("cluster_state:ok");
        return served
                && (server.isPrimary() || "up".equals(server.info("replication").get("master_link_status")));
    }

    /// All of them, in the order of their start: first the primaries, as it was then.
    public List<RedisServer> servers() {
        return servers;
    }

    /// `host:port` of each.
    public List<String> addresses() {
        return servers.stream().map(RedisServer::address).toList();
    }

    /// Those that serve slots now, by what each says of itself.
    public List<RedisServer> primaries() {
        return servers.stream()
                .filter(server ->
                        server.isAlive() && ClusterView.ofItself(server).servesSlots())
                .toList();
    }

    /// The server that serves the key's slot now.
    public RedisServer primaryOf(String key) {
        RedisServer any = primaries().getFirst();
        int slot = Integer.parseInt(any.ask("CLUSTER", "KEYSLOT", key).toString());
        return primaries().stream()
                .filter(server -> ClusterView.ofItself(server).serves(slot))
                .findFirst()
                .orElseThrow(() -> new ProcessFailure("nobody serves slot " + slot));
    }

    /// The replica of a primary that is alive, if there is one.
    public Optional<RedisServer> replicaOf(RedisServer primary) {
        String id = primary.ask("CLUSTER", "MYID").toString();
        return servers.stream()
                .filter(server ->
                        server.isAlive() && ClusterView.ofItself(server).follows(id))
                .findFirst();
    }

    /// Kills a primary and waits until the cluster has promoted its replica and serves all slots again.
    ///
    /// @return the new primary
    public RedisServer killAndAwaitPromotion(RedisServer primary) throws InterruptedException {
        RedisServer replica = replicaOf(primary)
                .orElseThrow(() -> new ProcessFailure(primary + " has no replica that could be promoted"));
        primary.kill();
        Await.until(
                replica + " is promoted", () -> ClusterView.ofItself(replica).servesSlots());
        awaitOk();
        return replica;
    }

    /// Kills them and removes their data.
    @Override
    public void close() {
        servers.forEach(RedisServer::close);
        run.close();
    }
}
