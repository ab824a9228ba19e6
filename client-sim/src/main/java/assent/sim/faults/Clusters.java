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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;

/// Clusters of gateways for the faults that need one.
final class Clusters {
    /// As many as show what one cannot, on a machine with two cores.
    static final int GATEWAYS = 2;

    /// The news that a text is shown goes through two gateways and Redis, which all share this machine.
    private static final Duration NEWS_MAX = Duration.ofSeconds(3);

    /// Longer, so that a text whose news never comes is no young one when it falls back.
    private static final Duration DEADLINE = Duration.ofSeconds(5);

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
        return open(setting, redis, gateways, _ -> redis.flags(replicasRequired));
    }

    /// As the other, with flags of each gateway's own.
    ///
    /// @param flags of the gateway of this number, from 1
    static ClusterStage open(Setting setting, RedisPart redis, int gateways, IntFunction<List<String>> flags)
            throws InterruptedException {
        return ClusterStage.open(
                setting.home(),
                DemoFolders.open(Optional.empty(), false),
                redis,
                which -> {
                    var all = new ArrayList<>(Setting.quickCarrier());
                    all.addAll(flags.apply(which));
                    return new Extras(all, setting.environment(), Optional.empty());
                },
                gateways);
    }

    /// Flags of gateways whose phones find out soon that theirs says nothing.
    static List<String> quickHeartbeat() {
        return List.of("--session-heartbeat=1s");
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
                Workload.Plan.of(pairs, setting.seed()).with(DEADLINE, FallBackRules.of(NEWS_MAX, outages)));
    }
}
