package assent.sim.faults;

import assent.sim.demo.ClusterStage;
import assent.sim.demo.RedisPart;
import assent.sim.redis.RedisReplicas;
import assent.sim.redis.RedisServer;
import java.time.Duration;
import java.util.Random;

/// What `store.redis.replicas-required: 0` costs: the primary is killed while its replica lags, and the
/// replica promoted. What was acknowledged and is gone is counted; no promise is made.
final class UnconfirmedFault implements Fault {
    private static final int KILLS_SHORT = 2;
    private static final int KILLS_LONG = 20;
    private static final int PAIRS = 4;
    private static final int TEXTS_BETWEEN = 200;
    private static final Duration LAG = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "redis-unconfirmed";
    }

    @Override
    public String promise() {
        return "with replicas-required 0, a primary dies while its replica lags: what that loses is counted";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var outages = new Outages();
        var random = new Random(setting.seed());
        int kills = setting.scale(KILLS_SHORT, KILLS_LONG);
        RedisReplicas redis = Clusters.replicas();
        Verdict verdict;
        try (ClusterStage stage = Clusters.open(setting, RedisPart.of(redis), Clusters.GATEWAYS, 0);
                var workload = Clusters.workload(setting, stage, random, PAIRS, outages)) {
            workload.start();
            for (int i = 0; i < kills; i++) {
                workload.awaitAcknowledged(workload.acknowledged() + TEXTS_BETWEEN, PATIENCE);
                RedisServer primary = redis.primary();
                RedisServer replica = redis.replicas().getFirst();
                draft.recovered(Strikes.timed(workload, () -> {
                    replica.pause();
                    Thread.sleep(LAG);
                    primary.kill();
                    replica.resume();
                    redis.promote();
                }));
                draft.struck();
                redis.startAgainAsReplica(primary);
            }
            verdict = workload.finish(PATIENCE);
        }
        draft.figure("acknowledgedWithoutReplicas", verdict.acknowledged());
        draft.figure("lostWithoutReplicas", verdict.lost());
        draft.figure("duplicatesShownWithoutReplicas", verdict.duplicatesShown());
        return draft.done();
    }
}
