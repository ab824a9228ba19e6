package assent.server.support;

import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.protocol.consent.PublicKey;
import assent.server.Gateway;
import assent.server.Gateways;
import assent.server.config.GatewayConfig;
import assent.server.policy.Policy;
import assent.server.policy.book.Change;
import assent.server.policy.document.PolicyDocument;
import assent.server.store.Store;
import assent.sim.carrier.CarrierSimulator;
import assent.sim.carrier.Handset;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/// A real gateway on a free port, with a store in a folder and a carrier simulator that it is bound to
/// over SMPP.
public final class TestGateway implements PhoneWorld, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestCarrier carrier;
    private final Map<String, String> options = new HashMap<>();
    private final Path folder;
    private final Clock clock;
    private PrometheusMeterRegistry meters = freshMeters();
    private Gateway gateway;

    private TestGateway(TestCarrier carrier, Path folder, Map<String, String> options, Clock clock) throws Exception {
        this.carrier = carrier;
        this.folder = folder;
        this.clock = clock;
        this.options.putAll(options);
        if (!Policies.among(options).isEmpty()) {
            Path file = Files.createTempFile(folder.toAbsolutePath().getParent(), "policy", ".yaml");
            Files.writeString(file, PolicyDocument.yaml(Policies.with(Policy.builtIn(), Policies.among(options))));
            this.options.put("policy.initial-file", file.toString());
            this.options.keySet().removeIf(path -> path.startsWith(Policies.PREFIX));
        }
        this.gateway = Gateways.start(GatewayConfig.of(this.options), meters, clock);
        awaitCarrier();
    }

    /// Starts with a store in `folder`.
    ///
    /// @param options more options, by their paths; those that begin with `policy/` are the policy's
    public static TestGateway start(Path folder, Map<String, String> options) throws Exception {
        return start(folder, options, Gateways.steadyClock());
    }

    /// As [#start(Path, Map)], on a clock of the test's.
    public static TestGateway start(Path folder, Map<String, String> options, Clock clock) throws Exception {
        var carrier = TestCarrier.start();
        var all = new HashMap<>(carrier.options());
        all.put("listen.port", "0");
        all.put("admin.enabled", "no");
        all.put("data.folder", folder.toString());
        all.putAll(TestedStore.options(folder));
        all.putAll(options);
        return new TestGateway(carrier, folder, all, clock);
    }

    public static TestGateway start(Path folder) throws Exception {
        return start(folder, Map.of());
    }

    public void awaitCarrier() {
        Awaitility.await().atMost(PATIENCE).until(gateway::isCarrierUp);
    }

    public Gateway gateway() {
        return gateway;
    }

    TestCarrier testCarrier() {
        return carrier;
    }

    public CarrierSimulator carrier() {
        return carrier.simulator();
    }

    public PublicKey signingKey() {
        try (Peer peer = connect()) {
            return PublicKey.ofPoint(peer.hello().signingKey());
        }
    }

    public void carrierDown() {
        carrier.simulator().stop();
        Awaitility.await().atMost(PATIENCE).until(() -> !gateway.isCarrierUp());
    }

    public void carrierUp() throws Exception {
        carrier.simulator().restart();
        awaitCarrier();
    }

    private static PrometheusMeterRegistry freshMeters() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    public PrometheusMeterRegistry meters() {
        return meters;
    }

    /// What a gauge or a counter with this name, whatever its tags, shows now; zero if there is none.
    public double meter(String name) {
        return meters.find(name).meters().stream()
                .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                .mapToDouble(Measurement::getValue)
                .sum();
    }

    /// How many connections were ended with this reason.
    public double goodbyes(Reason reason) {
        return meters
                .find("assent.connections.goodbye")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /// Waits until a connection has been ended with this reason.
    public void awaitGoodbye(Reason reason) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> goodbyes(reason) > 0);
    }

    /// Waits until every connection and every session is gone.
    public void awaitNobody() {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> meter("assent.connections.open") == 0 && meter("assent.sessions.live") == 0);
    }

    /// Waits until so many sessions are live.
    public void awaitLive(int sessions) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> meter("assent.sessions.live") == sessions);
    }

    /// The data folder: store, key file, certificate.
    public Path folder() {
        return folder;
    }

    /// Opens the store of a gateway that has been stopped.
    public Store openStore() throws Exception {
        return TestedStore.open(folder);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), gateway.address().getPort());
    }

    /// Stops the gateway and starts it again on the same port, store and carrier.
    public void restart() throws Exception {
        stop();
        startAgain();
    }

    /// As [#restart], with some options changed.
    public void restartWith(Map<String, String> changes) throws Exception {
        stop();
        options.putAll(changes);
        options.keySet().removeIf(path -> path.startsWith(Policies.PREFIX));
        startAgain();
        if (!Policies.among(changes).isEmpty()) {
            changePolicy(Policies.among(changes));
        }
    }

    /// The code of a fresh invitation.
    public String invitation(Instant lastDay) {
        int series = gateway.desk().policy().current().policy().activation().invitationSeries();
        return gateway.desk().invitations().issue(series, lastDay);
    }

    /// Changes the policy as an operator does.
    ///
    /// @param changes as [Policies#with]
    public void changePolicy(Map<String, String> changes) throws Exception {
        changePolicy(changes, "as the test wants it");
    }

    /// Likewise, with a reason.
    public void changePolicy(Map<String, String> changes, String reason) throws Exception {
        var now = gateway.desk().policy().current();
        var result = gateway.desk()
                .policy()
                .change(new Change(now.number(), Policies.with(now.policy(), changes), "test", "here", reason));
        if (!(result instanceof Change.Result.Changed)) {
            throw new AssertionError("the policy was not changed: " + result);
        }
    }

    /// Stops the gateway; the carrier goes on.
    public void stop() {
        options.put("listen.port", Integer.toString(gateway.address().getPort()));
        gateway.close();
    }

    /// Waits until no more connections are taken.
    public void awaitClosed() {
        var address = address();
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> refuses(address));
    }

    private static boolean refuses(InetSocketAddress address) {
        try (var socket = new Socket()) {
            socket.connect(address);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /// After [#stop].
    public void startAgain() throws Exception {
        meters = freshMeters();
        gateway = Gateways.start(GatewayConfig.of(options), meters, clock);
        awaitCarrier();
    }

    @Override
    public Peer connect() {
        return Peer.connect(address(), gateway.identity().certificate());
    }

    /// A phone with a fresh Indian number that is on the carrier's network.
    public RawPhone phone() {
        return new RawPhone(this, newNumber());
    }

    public PhoneNumber newNumber() {
        return carrier.newNumber();
    }

    public Handset handset(PhoneNumber number) {
        return carrier.handset(number);
    }

    @Override
    public String codeFor(PhoneNumber number) {
        return carrier.codeFor(number);
    }

    @Override
    public void close() {
        gateway.close();
        carrier.close();
    }
}
