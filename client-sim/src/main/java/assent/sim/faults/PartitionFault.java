package assent.sim.faults;

import assent.sim.demo.ClusterStage;
import assent.sim.demo.RedisPart;
import assent.sim.redis.RedisReplicas;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// The network between the gateways and Redis swallows what goes one way, the other way, or both.
final class PartitionFault implements Fault {
    private static final int PAIRS = 4;
    private static final int ROUNDS_SHORT = 1;
    private static final int ROUNDS_LONG = 10;
    private static final int TEXTS_BEFORE = 100;
    /// Longer than a gateway waits for an answer.
    private static final Duration CUT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "redis-partition";
    }

    @Override
    public String promise() {
        return "no way to Redis, none back, neither: nothing acknowledged is lost or shown twice, and all goes on after";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        Optional<String> missing = Packets.missing();
        if (missing.isPresent()) {
            return FaultReport.skipped(name(), missing.get());
        }
        var draft = new FaultReport.Draft(name());
        var outages = new Outages();
        RedisReplicas redis = Clusters.replicas();
        try (ClusterStage stage = Clusters.open(setting, RedisPart.of(redis), Clusters.GATEWAYS, 1);
                var packets = new Packets(redis.primary().port());
                var workload = Clusters.workload(setting, stage, new Random(setting.seed()), PAIRS, outages)) {
            workload.start();
            for (int i = 0; i < setting.scale(ROUNDS_SHORT, ROUNDS_LONG); i++) {
                for (Packets.Trouble trouble :
                        List.of(Packets.Trouble.DEAF_GATEWAY, Packets.Trouble.DEAF_PHONES, Packets.Trouble.DEAF_BOTH)) {
                    workload.awaitAcknowledged(workload.acknowledged() + TEXTS_BEFORE, PATIENCE);
                    long droppedBefore = packets.dropped();
                    try (var _ = outages.storeFails()) {
                        packets.trouble(trouble);
                        Thread.sleep(CUT);
                        draft.recovered(Strikes.timed(workload, packets::close));
                    }
                    draft.struck();
                    draft.expect(packets.dropped() > droppedBefore, trouble + " hits packets, or nothing was tested");
                }
            }
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }
}
