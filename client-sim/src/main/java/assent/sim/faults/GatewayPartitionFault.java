package assent.sim.faults;

import assent.sim.demo.ClusterStage;
import assent.sim.demo.RedisPart;
import assent.sim.redis.RedisReplicas;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// One of three gateways is cut off from Redis one way, the other way, and both, for longer than its lease;
/// what it said meanwhile arrives afterwards. The others go on.
final class GatewayPartitionFault implements Fault {
    private static final int GATEWAYS = 3;
    private static final int PAIRS = 4;
    private static final int TEXTS_BEFORE = 100;
    private static final Duration CUT_SHORT = Duration.ofSeconds(14);
    private static final Duration CUT_LONG = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "gateway-partition";
    }

    @Override
    public String promise() {
        return "one of three gateways has no way to Redis, none back, neither: nothing acknowledged is lost or shown twice";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var outages = new Outages();
        RedisReplicas redis = Clusters.replicas();
        RedisPart part = RedisPart.of(redis);
        try (FaultProxy way = FaultProxy.open(redis.primary().port());
                ClusterStage stage = Clusters.open(
                        setting,
                        part,
                        GATEWAYS,
                        which -> which == 1 ? part.flags(1, List.of("127.0.0.1:" + way.port())) : part.flags(1));
                var workload = Clusters.workload(setting, stage, new Random(setting.seed()), PAIRS, outages)) {
            var boxes = new Boxes(redis.primary());
            workload.start();
            for (FaultProxy.Weather weather : List.of(
                    FaultProxy.Weather.DEAF_GATEWAY, FaultProxy.Weather.DEAF_PHONES, FaultProxy.Weather.STALLED)) {
                workload.awaitAcknowledged(workload.acknowledged() + TEXTS_BEFORE, PATIENCE);
                strike(setting, draft, workload, outages, way, weather, boxes);
            }
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }

    private static void strike(
            Setting setting,
            FaultReport.Draft draft,
            Workload workload,
            Outages outages,
            FaultProxy way,
            FaultProxy.Weather weather,
            Boxes boxes)
            throws InterruptedException {
        Duration cut = setting.isLong() ? CUT_LONG : CUT_SHORT;
        try (var _ = outages.storeFails()) {
            long cutNanos = System.nanoTime();
            draft.recovered(Strikes.timed(workload, () -> way.turn(weather)));
            draft.struck();
            if (weather != FaultProxy.Weather.DEAF_PHONES) { // then Redis goes on hearing that it lives
                Duration gone = boxes.await(GATEWAYS - 1, Boxes.GONE_WITHIN.multipliedBy(2));
                draft.expect(gone.compareTo(Boxes.GONE_WITHIN) <= 0, "a gateway that is cut off is gone within 15 s");
            }
            Thread.sleep(Math.max(0, cut.toMillis() - (System.nanoTime() - cutNanos) / 1_000_000));
            way.turn(FaultProxy.Weather.FAIR);
            draft.expect(boxes.await(GATEWAYS, PATIENCE).compareTo(PATIENCE) < 0, "it is one of the cluster's again");
        }
    }
}
