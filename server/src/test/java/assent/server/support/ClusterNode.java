package assent.server.support;

import assent.device.Backoff;
import assent.protocol.PhoneNumber;
import assent.server.Gateway;
import assent.server.Gateways;
import assent.server.cluster.redis.RedisMember;
import assent.server.config.GatewayConfig;
import assent.server.redis.RedisAddress;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisSettings;
import assent.server.store.GatewayId;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
    private SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private RedisLink link;
    private RedisMember member;
    private Gateway gateway;

    ClusterNode(TestCluster cluster) throws Exception {
        this.cluster = cluster;
        this.options = new HashMap<>(cluster.options);
        this.toRedis = Bridge.to(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), cluster.redis.address().port()));
        this.link = link();
        this.member = new RedisMember(link, cluster.keys, cluster.store, TestCluster.QUICK, meters);
        this.gateway = open();
        Awaitility.await().atMost(PATIENCE).until(gateway::isCarrierUp);
    }

    private RedisLink link() throws Exception {
        return RedisLink.open(RedisSettings.of(List.of(new RedisAddress("127.0.0.1", toRedis.port())), false));
    }

    private Gateway open() throws Exception {
        return Gateways.startMember(
                GatewayConfig.of(options), meters, TestCluster.clock(), cluster.store, member, gate);
    }

    /// What holds up its letters.
    public LetterGate letters() {
        return gate;
    }

    public GatewayId id() {
        return member.self();
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
        link.close();
    }

    /// After [#stop], on the same port.
    public void startAgain() throws Exception {
        meters = new SimpleMeterRegistry();
        link = link();
        member = new RedisMember(link, cluster.keys, cluster.store, TestCluster.QUICK, meters);
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
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> live() == sessions);
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
    public void close() throws Exception {
        gate.open();
        toRedis.unblock();
        gateway.close();
        link.close();
        toRedis.close();
    }
}
