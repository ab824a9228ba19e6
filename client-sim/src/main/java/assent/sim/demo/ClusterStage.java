package assent.sim.demo;

import assent.device.GatewayAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// A cluster of gateways on one Redis, the carrier in this process, and what phones live in. The first
/// gateway makes the key file and the certificate, which all share. Made in this order, closed in the
/// opposite one. Thread-safe.
public final class ClusterStage implements AutoCloseable {
    private final DemoFolders folders;
    private final DemoCarrier carrier;
    private final RedisPart redis;
    private final List<GatewayKeeper> gateways;
    private final PhoneWorld world;
    private boolean closed; // guarded by this

    private ClusterStage(DemoFolders folders, DemoCarrier carrier, RedisPart redis, List<GatewayKeeper> gateways) {
        this.folders = folders;
        this.carrier = carrier;
        this.redis = redis;
        this.gateways = List.copyOf(gateways);
        List<GatewayAddress> addresses = gateways.stream()
                .map(gateway -> gateway.now().listening().address())
                .toList();
        this.world = new PhoneWorld(
                carrier, addresses, gateways.getFirst().now().listening().certificateFile());
    }

    /// Starts everything; the gateways listen, and are bound to the carrier, when this returns. Blocks.
    ///
    /// @param home the project's folder
    /// @param folders belongs to the stage from now on, as does `redis`
    /// @param extras of each gateway; their log, if any, is not used
    /// @param count of gateways
    public static ClusterStage open(
            Path home, DemoFolders folders, RedisPart redis, GatewayProcess.Extras extras, int count)
            throws InterruptedException {
        return open(home, folders, redis, _ -> extras, count);
    }

    /// As the other, with extras of each gateway's own.
    ///
    /// @param extras of the gateway of this number, from 1
    public static ClusterStage open(
            Path home, DemoFolders folders, RedisPart redis, IntFunction<GatewayProcess.Extras> extras, int count)
            throws InterruptedException {
        DemoCarrier carrier = DemoCarrier.start();
        var started = new ArrayList<GatewayKeeper>();
        try {
            for (int i = 1; i <= count; i++) {
                started.add(GatewayKeeper.start(setup(home, folders, carrier, extras.apply(i), i)));
            }
            carrier.awaitGateways(count, started.getFirst().log());
            return new ClusterStage(folders, carrier, redis, started);
        } catch (InterruptedException | RuntimeException e) {
            started.forEach(GatewayKeeper::stop);
            redis.close();
            carrier.close();
            folders.close();
            throw e;
        }
    }

    private static GatewaySetup setup(
            Path home, DemoFolders folders, DemoCarrier carrier, GatewayProcess.Extras extras, int which) {
        Path first = folders.data().resolve("gateway-1");
        Path data = folders.data().resolve("gateway-" + which);
        var flags = new ArrayList<>(extras.flags());
        if (which > 1) {
            flags.add("--data-key-file=" + first.resolve("keys.txt"));
            flags.add("--tls-certificate=" + first.resolve("development-certificate.pem"));
            flags.add("--tls-key=" + first.resolve("development-key.pem"));
        }
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new DemoFailure("no folder could be made for a gateway: " + e, e);
        }
        return new GatewaySetup(
                home,
                data,
                carrier.port(),
                Stage.SERVICE_NUMBER,
                carrier.password(),
                new GatewayProcess.Extras(flags, extras.environment(), Optional.empty()));
    }

    /// What the phones live in.
    public PhoneWorld world() {
        return world;
    }

    public RedisPart redis() {
        return redis;
    }

    public DemoFolders folders() {
        return folders;
    }

    /// How many gateways there are.
    public int size() {
        return gateways.size();
    }

    /// One gateway's process of now.
    ///
    /// @param which from 0
    public GatewayProcess gateway(int which) {
        return gateways.get(which).now();
    }

    /// SIGKILL. Returns when the process is gone.
    public void killGateway(int which) throws InterruptedException {
        gateways.get(which).kill();
    }

    /// Stops a gateway as an operator does.
    ///
    /// @return whether it stopped cleanly
    public boolean stopGateway(int which) {
        return gateways.get(which).stop();
    }

    /// Starts a gateway that has ended again, on the same port. Blocks.
    public void startGatewayAgain(int which) throws InterruptedException {
        gateways.get(which).startAgain();
    }

    /// Waits until as many gateways as there are are bound to the carrier.
    public void awaitBinds() throws InterruptedException {
        carrier.awaitGateways(gateways.size(), gateways.getFirst().log());
    }

    /// Ends everything. A restart under way is not waited for longer than its present try.
    @Override
    public void close() {
        gateways.forEach(GatewayKeeper::startNoMore);
        closeOnce();
    }

    private synchronized void closeOnce() {
        if (closed) {
            return;
        }
        closed = true;
        world.close();
        gateways.parallelStream().forEach(GatewayKeeper::stop);
        redis.close();
        carrier.close();
        folders.close();
    }
}
