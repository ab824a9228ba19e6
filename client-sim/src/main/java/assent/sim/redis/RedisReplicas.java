package assent.sim.redis;

import assent.sim.process.ProcessFailure;
import java.util.ArrayList;
import java.util.List;

/// A primary and its replicas, without a cluster: nobody promotes a replica but whoever calls [#promote].
/// Confined to one thread. All of it blocks, for a bounded time.
public final class RedisReplicas implements AutoCloseable {
    private final RedisRun run;
    private final List<RedisServer> servers = new ArrayList<>();
    private RedisServer primary;

    private RedisReplicas(RedisRun run, RedisOptions options) {
        this.run = run;
        this.primary = RedisServer.start(run, options);
        servers.add(primary);
    }

    /// Starts them; every replica holds what the primary does when this returns.
    public static RedisReplicas start(RedisOptions options, int replicas) throws InterruptedException {
        RedisRun run = RedisRun.open();
        try {
            // A full copy begins at once instead of after 5 s, in which more replicas might ask for one.
            var all = new RedisReplicas(run, options.with("repl-diskless-sync-delay", "0"));
            for (int i = 0; i < replicas; i++) {
                RedisServer replica = RedisServer.start(run, all.primary.options());
                all.servers.add(replica);
                all.follow(replica);
            }
            all.awaitInStep();
            return all;
        } catch (InterruptedException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    private void follow(RedisServer replica) {
        replica.ask("REPLICAOF", primary.host(), Integer.toString(primary.port()));
        replica.remember();
    }

    public RedisServer primary() {
        return primary;
    }

    /// All but the primary, alive or not.
    public List<RedisServer> replicas() {
        return servers.stream().filter(server -> server != primary).toList();
    }

    /// All of them, in the order of their start.
    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    /// Waits until every replica that is alive is connected to the primary and has its data.
    public void awaitInStep() throws InterruptedException {
        for (RedisServer replica : replicas()) {
            Await.until(
                    replica + " follows " + primary,
                    () -> !replica.isAlive()
                            || "up".equals(replica.info("replication").get("master_link_status")));
        }
    }

    /// Makes another server the primary: of the replicas that are alive the one that has most of what the
    /// primary had. The others that are alive follow it.
    ///
    /// @return the new primary
    public RedisServer promote() {
        RedisServer next = replicas().stream()
                .filter(RedisServer::isAlive)
                .max((one, other) -> Long.compare(offset(one), offset(other)))
                .orElseThrow(() -> new ProcessFailure("no replica is alive that could become the primary"));
        next.ask("REPLICAOF", "NO", "ONE");
        next.remember();
        primary = next;
        replicas().stream().filter(RedisServer::isAlive).forEach(this::follow);
        return next;
    }

    private static long offset(RedisServer replica) {
        return Long.parseLong(replica.info("replication").getOrDefault("slave_repl_offset", "0"));
    }

    /// Starts a server that has ended as a replica of the primary; what it had beyond the primary is gone.
    public void startAgainAsReplica(RedisServer server) throws InterruptedException {
        server.startAgain();
        follow(server);
        awaitInStep();
    }

    /// Kills them and removes their data.
    @Override
    public void close() {
        servers.forEach(RedisServer::close);
        run.close();
    }
}
