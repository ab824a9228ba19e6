package assent.sim.faults;

import assent.sim.demo.ClusterStage;
import assent.sim.demo.RedisPart;
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisReplicas;
import assent.sim.redis.RedisServer;
import java.time.Duration;
import java.util.Random;

/// All gateways and all of Redis are killed at the same time, as in a power cut, and started again from
/// what Redis has on disk.
final class EverythingFault implements Fault {
    private static final int PAIRS = 3;
    private static final int ROUNDS_SHORT = 1;
    private static final int ROUNDS_LONG = 10;
    private static final int TEXTS_BEFORE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "everything";
    }

    @Override
    public String promise() {
        return "all gateways and all of Redis (appendfsync always) are killed: nothing acknowledged is lost";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var outages = new Outages();
        RedisReplicas redis = RedisReplicas.start(RedisOptions.onDisk(), 1);
        try (ClusterStage stage = Clusters.open(setting, RedisPart.of(redis), Clusters.GATEWAYS, 1);
                var workload = Clusters.workload(setting, stage, new Random(setting.seed()), PAIRS, outages)) {
            workload.start();
            for (int i = 0; i < setting.scale(ROUNDS_SHORT, ROUNDS_LONG); i++) {
                workload.awaitAcknowledged(workload.acknowledged() + TEXTS_BEFORE, PATIENCE);
                try (var _ = outages.storeFails()) {
                    draft.recovered(Strikes.timed(workload, () -> restart(stage, redis)));
                }
                draft.struck();
            }
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }

    private static void restart(ClusterStage stage, RedisReplicas redis) throws InterruptedException {
        for (int which = 0; which < stage.size(); which++) {
            stage.killGateway(which);
        }
        for (RedisServer server : redis.servers()) {
            server.kill();
        }
        redis.primary().startAgain();
        for (RedisServer replica : redis.replicas()) {
            redis.startAgainAsReplica(replica);
        }
        for (int which = 0; which < stage.size(); which++) {
            stage.startGatewayAgain(which);
        }
    }
}
