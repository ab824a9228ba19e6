package assent.sim.faults;

import assent.device.DeviceLimits;
import assent.sim.demo.ClusterStage;
import assent.sim.demo.DemoFolders;
import assent.sim.demo.FallBackRules;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.RedisPart;
import assent.sim.redis.RedisCluster;
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisReplicas;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;

/// Clusters of gateways for the faults that need one.
final class Clusters {
    /// As many as show what one cannot, on a machine with two cores.
    static final int GATEWAYS = 2;

    private Clusters() {}

    /// A primary with one replica.
    static RedisReplicas replicas() throws InterruptedException {
        return RedisReplicas.start(RedisOptions.inMemory(), 1);
    }

    /// Three primaries with a replica each.
    static RedisCluster cluster() throws InterruptedException {
        return RedisCluster.start(RedisOptions.inMemory());
    }

    /// Starts gateways on a Redis, which belongs to the stage from now on.
    static ClusterStage open(Setting setting, RedisPart redis, int gateways, int replicasRequired)
            throws InterruptedException {
        var flags = new ArrayList<>(Setting.quickCarrier());
        flags.addAll(redis.flags(replicasRequired));
        return ClusterStage.open(
                setting.home(),
                DemoFolders.open(Optional.empty(), false),
                redis,
                new Extras(flags, setting.environment(), Optional.empty()),
                gateways);
    }

    /// Phones that write to each other over all gateways of the stage. They do not repeat what is refused: it
    /// would have lost its place, and order could not be checked.
    ///
    /// @param outages told by the fault what it breaks
    static Workload workload(Setting setting, ClusterStage stage, Random random, int pairs, Outages outages)
            throws InterruptedException {
        return Workload.open(
                Phones.of(stage.world(), new RandomNumbers(random))
                        .with(DeviceLimits.standard().withoutRefusalRetries()),
                Workload.Plan.of(pairs, setting.seed()).with(FallBackRules.strictBut(outages)));
    }
}
