package assent.sim.demo;

import assent.sim.process.ProcessFailure;
import assent.sim.redis.RedisCluster;
import assent.sim.redis.RedisOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A local cluster as a program: `client-sim/bin/cluster`. Confined to the main thread.
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts a Redis Cluster (three primaries with a replica each), three gateways on it and a"
                + " simulated carrier, all on this machine's loopback. With --count, four phones that know all gateways"
                + " approve and write to each other by themselves; without it, it says how to connect phones, and runs"
                + " until Ctrl-C. Everything ends with it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; unattended: everything arrived exactly once, byte for byte, in order, and neither a number nor"
                    + " a text is in the files of the gateways and of Redis",
            "1:not so, or a part could not be started",
            "2:wrong options"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cluster                                     a cluster to try, until Ctrl-C",
            "  cluster --count 1000                        unattended, with the built-in texts",
            "  cluster --texts texts.tsv --count 5000 --json",
            "  cluster --count 20000 --kill 5              kills gateways five times on the way"
        })
public final class ClusterCommand implements Callable<Integer> {
    private static final int GATEWAYS = 3;
    private static final int REPLICAS_REQUIRED = 1;
    private static final long COUNT_MIN = 2;

    private final long startedAtNanos = System.nanoTime();
    private final SecureRandom random = new SecureRandom();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private UnattendedOptions unattended = new UnattendedOptions();

    @Override
    public Integer call() throws InterruptedException {
        UnattendedOptions.Plan plan = unattended.checked(COUNT_MIN, random);
        try (ClusterStage stage = open()) {
            Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "cluster-stop"));
            return unattended.areGiven() ? unattended(stage, plan) : untilItIsEnded(stage);
        } catch (ProcessFailure e) {
            err().println("cluster: " + e.getMessage());
            err().flush();
            return 1;
        }
    }

    private static ClusterStage open() throws InterruptedException {
        Path home = home();
        // On disk, so that what Redis keeps can be searched; once a second is enough beside a replica.
        RedisOptions options = RedisOptions.onDisk().with("appendfsync", "everysec");
        RedisPart redis = RedisPart.of(RedisCluster.start(options));
        return ClusterStage.open(
                home,
                DemoFolders.open(Optional.empty(), false),
                redis,
                new GatewayProcess.Extras(redis.flags(REPLICAS_REQUIRED), Map.of(), Optional.empty()),
                GATEWAYS);
    }

    private int unattended(ClusterStage stage, UnattendedOptions.Plan plan) throws InterruptedException {
        DemoResult result = new ClusterDemo(
                        stage, plan.source(), plan.count(), plan.kills(), plan.seed(), startedAtNanos, err())
                .run(new RandomNumbers(random));
        return unattended.report(result);
    }

    private int untilItIsEnded(ClusterStage stage) throws InterruptedException {
        String gateways = stage.world().gateways().stream()
                .map(gateway -> gateway.host() + ":" + gateway.port())
                .collect(Collectors.joining(","));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Redis:    " + String.join(" ", stage.redis().addresses()));
        out.println("Gateways: " + gateways);
        out.println("A phone, in another terminal:");
        out.println("  client-sim/bin/phone --number +919876543210 --gateway " + gateways + " --certificate "
                + stage.gateway(0).listening().certificateFile() + " --carrier 127.0.0.1:"
                + stage.world().carrier().port());
        out.println("Ctrl-C ends it all.");
        out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private static Path home() {
        String home = System.getProperty("assent.home");
        if (home == null) {
            throw new DemoFailure(
                    "the system property assent.home is not set; start the cluster with client-sim/bin/cluster");
        }
        return Path.of(home);
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new ClusterCommand()).execute(args));
    }
}
