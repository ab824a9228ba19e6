package assent.server.support;

import assent.device.DeviceConfig;
import assent.device.DeviceNetwork;
import assent.device.DeviceStore;
import assent.device.GatewayAddress;
import assent.device.InMemoryDeviceStore;
import assent.device.NetworkSettings;
import assent.device.Trust;
import assent.protocol.PhoneNumber;
import assent.server.cluster.redis.LeaseTimes;
import assent.server.redis.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;

/// Several real gateways in one process: one Redis, one carrier, one key file and certificate. Each
/// gateway has a way of its own to Redis, which can be blocked.
public final class TestCluster implements AutoCloseable {
    /// A quarter of what an operator has, so that tests of dying need not wait long.
    private static final LeaseTimes QUICK =
            new LeaseTimes(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(500));

    final LeaseTimes times;
    final TestRedis redis;
    final TestCarrier carrier;
    final Map<String, String> options = new HashMap<>();
    private final List<ClusterNode> nodes = new ArrayList<>();

    private TestCluster(Path folder, int gateways, Map<String, String> options, LeaseTimes times) throws Exception {
        this.times = times;
        this.redis = TestRedis.start();
        this.carrier = TestCarrier.start();
        this.options.putAll(carrier.options());
        this.options.put("data.folder", folder.toString());
        this.options.put("listen.port", "0");
        this.options.putAll(options);
        for (int i = 0; i < gateways; i++) {
            nodes.add(new ClusterNode(this, i == 0));
        }
    }

    public static TestCluster start(Path folder, int gateways, Map<String, String> options) throws Exception {
        return new TestCluster(folder, gateways, options, LeaseTimes.STANDARD);
    }

    /// Gateways whose death is noticed soon; on a busy machine they may take each other for dead.
    public static TestCluster startWithQuickLease(Path folder, int gateways) throws Exception {
        return new TestCluster(folder, gateways, Map.of(), QUICK);
    }

    public static TestCluster start(Path folder, int gateways) throws Exception {
        return start(folder, gateways, Map.of());
    }

    public ClusterNode node(int i) {
        return nodes.get(i);
    }

    public TestRedis redis() {
        return redis;
    }

    /// How many gateways say in Redis that they live.
    public int boxes() {
        return ((List<?>) ask("KEYS", "letters:*")).size();
    }

    /// How many sessions have a seat in Redis.
    public int seats() {
        return ((List<?>) ask("KEYS", "t{*")).size();
    }

    /// As a failing Redis may, which lost what its replica did not have.
    public void forgetLettersAndSeats() {
        String forget = "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end";
        ask("EVAL", forget, "0", "letters:*");
        ask("EVAL", forget, "0", "t{*");
    }

    /// Asks Redis by a connection of the test's.
    public Object ask(String command, String... arguments) {
        try (var jedis = new Connection(redis.address().host(), redis.address().port())) {
            jedis.sendCommand(Protocol.Command.valueOf(command), arguments);
            return jedis.getOne();
        }
    }

    public TestCarrier carrier() {
        return carrier;
    }

    /// A phone that takes every step by hand, with a fresh number, at this gateway.
    public RawPhone rawPhone(int at) {
        return new RawPhone(node(at), carrier.newNumber());
    }

    /// The same device, greeted at another gateway and not signed in.
    public RawPhone twin(RawPhone phone, int at) {
        return new RawPhone(node(at), phone.number, phone.key, phone.activated());
    }

    public DeviceNetwork network() {
        return DeviceNetwork.open(Trust.Pinned.ofHex(node(0).fingerprint()), NetworkSettings.standard());
    }

    /// A phone with the device library that knows these gateways.
    public Phone phone(DeviceNetwork network, PhoneNumber number, DeviceStore memory, int... at) {
        var addresses = new ArrayList<GatewayAddress>();
        for (int i : at) {
            addresses.add(new GatewayAddress("127.0.0.1", node(i).address().getPort()));
        }
        return new Phone(carrier, network, DeviceConfig.of(addresses, "en").with(ClusterNode.QUICK), number, memory);
    }

    /// Likewise, with a fresh number.
    public Phone phone(DeviceNetwork network, int... at) {
        return phone(network, carrier.newNumber(), new InMemoryDeviceStore(), at);
    }

    @Override
    public void close() throws java.io.IOException {
        for (ClusterNode node : nodes) {
            node.close();
        }
        carrier.close();
        redis.close();
    }
}
