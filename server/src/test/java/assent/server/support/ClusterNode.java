package assent.server.support;

import assent.device.Backoff;
import assent.protocol.PhoneNumber;
import assent.server.Desk;
import assent.server.Gateway;
import assent.server.Gateways;
import assent.server.config.GatewayConfig;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/// One gateway of a [TestCluster]. Confined to the test's thread.
public final class ClusterNode implements PhoneWorld, AutoCloseable {
    static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestCluster cluster;
    private final Bridge toRedis;
    private final HashMap<String, String> options;
    private final LetterGate gate = new LetterGate();
    private volatile Duration skew = Duration.ZERO;
    private SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Gateway gateway;

    /// @param isAdministered whether it has an admin listener, if the cluster's options ask for one: the gateways share
    ///     a data folder, which has room for one
    ClusterNode(TestCluster cluster, boolean isAdministered) throws Exception {
        this.cluster = cluster;
        this.options = new HashMap<>(cluster.options);
        this.toRedis = Bridge.to(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), cluster.redis.address().port()));
        this.options.put("admin.enabled", isAdministered ? cluster.options.getOrDefault("admin.enabled", "no") : "no");
        this.options.putIfAbsent("store.redis.nodes", "127.0.0.1:" + toRedis.port());
        this.gateway = open();
        Awaitility.await().atMost(PATIENCE).until(gateway::isCarrierUp);
    }

    private Gateway open() throws Exception {
        return Gateways.startMember(GatewayConfig.of(options), meters, new Skewed(), cluster.times, gate, () -> skew);
    }

    /// A clock that is so far ahead of the others' as the test has said.
    private final class Skewed extends Clock {
        private final Clock steady = Gateways.steadyClock();

        @Override
        public Instant instant() {
            return steady.instant().plus(skew);
        }

        @Override
        public ZoneId getZone() {
            return steady.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("instants are asked for alone");
        }
    }

    public Gateway gateway() {
        return gateway;
    }

    /// What this gateway's operators work with.
    public Desk desk() {
        return gateway.desk();
    }

    /// From now on its clock is so far ahead of Redis's.
    public void clockIsAhead(Duration by) {
        skew = by;
    }

    /// What holds up its letters.
    public LetterGate letters() {
        return gate;
    }

    public X509Certificate certificate() {
        return gateway.identity().certificate();
    }

    String fingerprint() {
        return gateway.identity().sha256();
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), gateway.address().getPort());
    }

    /// Its way to Redis.
    public Bridge toRedis() {
        return toRedis;
    }

    public void stop() {
        options.put("listen.port", Integer.toString(gateway.address().getPort()));
        gateway.close();
    }

    /// After [#stop], on the same port.
    public void startAgain() throws Exception {
        meters = new SimpleMeterRegistry();
        gateway = open();
    }

    public double meter(String name) {
        return meters.find(name).meters().stream()
                .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                .mapToDouble(Measurement::getValue)
                .sum();
    }

    public int live() {
        return (int) meter("assent.sessions.live");
    }

    public void awaitLive(int sessions) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> live() == sessions);
    }

    @Override
    public Peer connect() {
        return Peer.connect(address(), certificate());
    }

    @Override
    public String codeFor(PhoneNumber number) {
        return cluster.carrier.codeFor(number);
    }

    @Override
    public void close() throws java.io.IOException {
        gate.open();
        toRedis.unblock();
        gateway.close();
        toRedis.close();
    }
}
