package assent.sim.faults;

import assent.sim.demo.ClusterStage;
import assent.sim.demo.RedisPart;
import assent.sim.redis.RedisReplicas;
import assent.sim.redis.RedisServer;
import java.time.Duration;
import java.util.Random;

/// Redis has no memory left and evicts nothing: what has no room is refused, and afterwards all goes on.
final class RedisMemoryFault implements Fault {
    private static final int PAIRS = 4;
    private static final int ROUNDS_SHORT = 1;
    private static final int ROUNDS_LONG = 10;
    private static final int TEXTS_BEFORE = 100;
    private static final Duration FULL = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "redis-memory";
    }

    @Override
    public String promise() {
        return "Redis is out of memory (noeviction): texts are refused, nothing acknowledged is lost, all goes on after";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var outages = new Outages();
        RedisReplicas redis = Clusters.replicas();
        try (ClusterStage stage = Clusters.open(setting, RedisPart.of(redis), Clusters.GATEWAYS, 1);
                var workload = Clusters.workload(setting, stage, new Random(setting.seed()), PAIRS, outages)) {
            workload.start();
            RedisServer primary = redis.primary();
            for (int i = 0; i < setting.scale(ROUNDS_SHORT, ROUNDS_LONG); i++) {
                workload.awaitAcknowledged(workload.acknowledged() + TEXTS_BEFORE, PATIENCE);
                try (var _ = outages.storeFails()) {
                    draft.recovered(Strikes.timed(workload, () -> fill(primary)));
                }
                draft.struck();
            }
            Verdict verdict = workload.finish(PATIENCE);
            draft.add(verdict);
            draft.figure("refusedMeanwhile", verdict.refused());
            draft.expect(
                    "0".equals(primary.info("stats").get("evicted_keys")), "Redis has evicted nothing to make room");
        }
        return draft.done();
    }

    private static void fill(RedisServer primary) throws InterruptedException {
        primary.ask("CONFIG", "SET", "maxmemory", primary.info("memory").getOrDefault("used_memory", "1"));
        Thread.sleep(FULL);
        primary.ask("CONFIG", "SET", "maxmemory", "0");
    }
}
