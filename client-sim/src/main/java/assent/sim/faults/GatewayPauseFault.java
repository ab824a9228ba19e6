package assent.sim.faults;

import assent.sim.demo.ClusterStage;
import assent.sim.demo.RedisPart;
import assent.sim.process.Tool;
import assent.sim.redis.RedisReplicas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;

/// One of three gateways stands still (SIGSTOP) for longer than its lease, and goes on with all that it
/// believes. Its phones are elsewhere by then.
final class GatewayPauseFault implements Fault {
    private static final int GATEWAYS = 3;
    private static final int PAIRS = 4;
    private static final int TEXTS_BEFORE = 200;
    private static final Duration PAUSE_SHORT = Duration.ofSeconds(16);
    private static final Duration PAUSE_LONG = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "gateway-pause";
    }

    @Override
    public String promise() {
        return "one of three gateways stands still for longer than its lease: nothing acknowledged is lost or shown twice";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var outages = new Outages();
        var random = new Random(setting.seed());
        Duration pause = setting.isLong() ? PAUSE_LONG : PAUSE_SHORT;
        RedisReplicas redis = Clusters.replicas();
        RedisPart part = RedisPart.of(redis);
        try (ClusterStage stage = Clusters.open(setting, part, GATEWAYS, _ -> {
                    var flags = new ArrayList<>(part.flags(1));
                    flags.addAll(Clusters.quickHeartbeat());
                    return flags;
                });
                var workload = Clusters.workload(setting, stage, random, PAIRS, outages)) {
            var boxes = new Boxes(redis.primary());
            workload.start();
            workload.awaitAcknowledged(TEXTS_BEFORE, PATIENCE);
            long pid = stage.gateway(random.nextInt(GATEWAYS)).handle().pid();
            long stoppedNanos = System.nanoTime();
            draft.recovered(Strikes.timed(workload, () -> {
                outages.gatewayDies();
                Tool.signal("STOP", pid);
            }));
            draft.struck();
            Duration gone = boxes.await(GATEWAYS - 1, Boxes.GONE_WITHIN.multipliedBy(2));
            draft.figure("goneForOthersMillis", gone.toMillis());
            draft.expect(gone.compareTo(Boxes.GONE_WITHIN) <= 0, "a gateway that says nothing is gone within 15 s");
            Thread.sleep(Math.max(0, pause.toMillis() - (System.nanoTime() - stoppedNanos) / 1_000_000));
            outages.gatewayDies(); // what it still had of its phones goes now
            Tool.signal("CONT", pid);
            draft.expect(boxes.await(GATEWAYS, PATIENCE).compareTo(PATIENCE) < 0, "it is one of the cluster's again");
            workload.awaitAcknowledged(workload.acknowledged() + TEXTS_BEFORE, PATIENCE);
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }
}
