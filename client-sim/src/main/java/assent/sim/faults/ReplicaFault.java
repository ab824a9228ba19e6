package assent.sim.faults;

import assent.sim.demo.ClusterStage;
import assent.sim.demo.RedisPart;
import assent.sim.redis.RedisReplicas;
import assent.sim.redis.RedisServer;
import java.time.Duration;
import java.util.Random;

/// The only replica stands still, lags, or is gone: what it cannot confirm is refused, and afterwards
/// all goes on.
final class ReplicaFault implements Fault {
    private static final int PAIRS = 4;
    private static final int ROUNDS_SHORT = 1;
    private static final int ROUNDS_LONG = 10;
    private static final int TEXTS_BEFORE = 100;
    private static final Duration STILL = Duration.ofSeconds(4);
    private static final Duration LAG = Duration.ofMillis(200);
    private static final int LAGS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "redis-replica";
    }

    @Override
    public String promise() {
        return "the replica stops, lags, dies: what it does not confirm is refused, nothing acknowledged is lost";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var outages = new Outages();
        RedisReplicas redis = Clusters.replicas();
        try (ClusterStage stage = Clusters.open(setting, RedisPart.of(redis), Clusters.GATEWAYS, 1);
                var workload = Clusters.workload(setting, stage, new Random(setting.seed()), PAIRS, outages)) {
            workload.start();
            for (int i = 0; i < setting.scale(ROUNDS_SHORT, ROUNDS_LONG); i++) {
                workload.awaitAcknowledged(workload.acknowledged() + TEXTS_BEFORE, PATIENCE);
                RedisServer replica = redis.replicas().getFirst();
                strike(draft, workload, outages, () -> standsStill(replica));
                strike(draft, workload, outages, () -> lags(replica));
                strike(draft, workload, outages, () -> dies(redis, replica));
            }
            Verdict verdict = workload.finish(PATIENCE);
            draft.add(verdict);
            draft.figure("refusedMeanwhile", verdict.refused());
        }
        return draft.done();
    }

    private static void strike(FaultReport.Draft draft, Workload workload, Outages outages, Strikes.Strike strike)
            throws InterruptedException {
        try (var _ = outages.storeFails()) {
            draft.recovered(Strikes.timed(workload, strike));
        }
        draft.struck();
    }

    private static void standsStill(RedisServer replica) throws InterruptedException {
        replica.pause();
        Thread.sleep(STILL);
        replica.resume();
    }

    private static void lags(RedisServer replica) throws InterruptedException {
        for (int i = 0; i < LAGS; i++) {
            replica.pause();
            Thread.sleep(LAG);
            replica.resume();
            Thread.sleep(LAG);
        }
    }

    private static void dies(RedisReplicas redis, RedisServer replica) throws InterruptedException {
        replica.kill();
        Thread.sleep(STILL);
        redis.startAgainAsReplica(replica);
    }
}
