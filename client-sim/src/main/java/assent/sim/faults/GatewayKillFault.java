package assent.sim.faults;

import assent.sim.demo.ClusterStage;
import assent.sim.demo.RedisPart;
import assent.sim.redis.RedisReplicas;
import java.time.Duration;
import java.util.Random;

/// `kill -9` of one of several gateways at random moments; its phones go to another, and it is started
/// again.
final class GatewayKillFault implements Fault {
    private static final int KILLS_SHORT = 4;
    private static final int KILLS_LONG = 50;
    private static final int GATEWAYS = 3;
    private static final int PAIRS = 4;
    private static final int UPTIME_MILLIS_MAX = 2_000;
    private static final int TEXTS_BETWEEN = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "gateway-kill";
    }

    @Override
    public String promise() {
        return "one of three gateways is killed at random moments: nothing acknowledged is lost or shown twice";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var outages = new Outages();
        var random = new Random(setting.seed());
        int kills = setting.scale(KILLS_SHORT, KILLS_LONG);
        RedisReplicas redis = Clusters.replicas();
        try (ClusterStage stage = Clusters.open(setting, RedisPart.of(redis), GATEWAYS, 1);
                var workload = Clusters.workload(setting, stage, random, PAIRS, outages)) {
            workload.start();
            for (int i = 0; i < kills; i++) {
                workload.awaitAcknowledged(workload.acknowledged() + TEXTS_BETWEEN, PATIENCE);
                Thread.sleep(random.nextInt(UPTIME_MILLIS_MAX));
                int which = random.nextInt(GATEWAYS);
                // Until texts are acknowledged again while it is still dead.
                draft.recovered(Strikes.timed(workload, () -> {
                    outages.gatewayDies();
                    stage.killGateway(which);
                }));
                draft.struck();
                if (i == kills - 1) {
                    Duration gone = new Boxes(redis.primary()).await(GATEWAYS - 1, Boxes.GONE_WITHIN.multipliedBy(2));
                    draft.figure("goneForOthersMillis", gone.toMillis());
                    draft.expect(gone.compareTo(Boxes.GONE_WITHIN) <= 0, "a dead gateway is gone within 15 s");
                }
                stage.startGatewayAgain(which);
                setting.say(i + 1 + " of " + kills + " gateways, " + workload.acknowledged() + " texts acknowledged");
            }
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }
}
