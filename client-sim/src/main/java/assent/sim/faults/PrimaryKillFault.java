package assent.sim.faults;

import assent.sim.demo.ClusterStage;
import assent.sim.demo.RedisPart;
import assent.sim.redis.RedisCluster;
import assent.sim.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// `kill -9` of a primary of a Redis Cluster, which promotes its replica; the old primary comes back as
/// the new one's replica, without what it alone had.
final class PrimaryKillFault implements Fault {
    private static final int KILLS_SHORT = 3;
    private static final int KILLS_LONG = 50;
    private static final int PAIRS = 4;
    private static final int UPTIME_MILLIS_MAX = 1_000;
    private static final int TEXTS_BETWEEN = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "redis-kill";
    }

    @Override
    public String promise() {
        return "a primary of Redis is killed and its replica promoted: nothing acknowledged is lost or shown twice";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var outages = new Outages();
        var random = new Random(setting.seed());
        int kills = setting.scale(KILLS_SHORT, KILLS_LONG);
        RedisCluster redis = Clusters.cluster();
        try (ClusterStage stage = Clusters.open(setting, RedisPart.of(redis), Clusters.GATEWAYS, 1);
                var workload = Clusters.workload(setting, stage, random, PAIRS, outages)) {
            workload.start();
            for (int i = 0; i < kills; i++) {
                workload.awaitAcknowledged(workload.acknowledged() + TEXTS_BETWEEN, PATIENCE);
                Thread.sleep(random.nextInt(UPTIME_MILLIS_MAX));
                List<RedisServer> primaries = redis.primaries();
                RedisServer primary = primaries.get(random.nextInt(primaries.size()));
                try (var _ = outages.storeFails()) {
                    draft.recovered(Strikes.timed(workload, () -> redis.killAndAwaitPromotion(primary)));
                }
                draft.struck();
                primary.startAgain();
                redis.awaitOk();
                setting.say(i + 1 + " of " + kills + " primaries, " + workload.acknowledged() + " texts acknowledged");
            }
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }
}
