package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Reason;
import assent.server.audit.AuditFilter;
import assent.server.cli.CommandLineFixture;
import assent.server.support.AdminDoor;
import assent.server.support.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Operators ask one gateway, and reach the other.
class ClusterOperationsTest {
    private static final Optional<String> REASON = Optional.of("{\"reason\":\"update\"}");

    @TempDir
    private Path folder = Path.of("");

    private TestCluster cluster;
    private AdminDoor door;

    @BeforeEach
    void start() throws Exception {
        cluster = TestCluster.start(folder, 2, Map.of("admin.enabled", "yes"));
        door = AdminDoor.of(cluster.node(0).gateway(), folder);
    }

    @AfterEach
    void close() throws Exception {
        door.close();
        cluster.close();
    }

    private static JsonNode json(String body) {
        return JsonMapper.shared().readTree(body);
    }

    private List<JsonNode> gateways() throws Exception {
        return json(door.get("/api/v1/gateways", door.local()).body())
                .valueStream()
                .toList();
    }

    /// The other gateway, once it has said how it is now.
    private JsonNode other() throws Exception {
        String address = "127.0.0.1:" + cluster.node(1).address().getPort();
        Awaitility.await()
                .until(() -> gateways().stream()
                        .anyMatch(one -> one.path("address").asString().equals(address)
                                && one.path("ready").asBoolean()));
        return gateways().stream()
                .filter(one -> one.path("address").asString().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private List<String> audited(String action) throws Exception {
        return cluster
                .node(0)
                .desk()
                .audit()
                .newest(
                        new AuditFilter(Optional.empty(), Optional.of(action), Optional.empty(), Optional.empty()),
                        Long.MAX_VALUE,
                        10)
                .stream()
                .map(entry -> entry.event().result())
                .toList();
    }

    @Test
    void everyGatewayIsListedAndOneThatHasStoppedIsNotAnyMore() throws Exception {
        JsonNode other = other();
        assertThat(other.path("asked").asBoolean()).isFalse();
        assertThat(other.path("draining").asBoolean()).isFalse();
        assertThat(gateways()).hasSize(2);
        assertThat(gateways().getFirst().path("asked").asBoolean()).isTrue();
        try (var phone = cluster.rawPhone(1)) {
            phone.activate();
            Awaitility.await()
                    .until(() -> other().path("sessions").asInt() == 1
                            && other().path("connections").asInt() == 1);
        }

        cluster.node(1).stop();

        assertThat(gateways()).hasSize(1);
        cluster.node(1).startAgain();
        assertThat(other().path("id").asString())
                .as("another run")
                .isNotEqualTo(other.path("id").asString());
    }

    /// Its phones are sent away, so nobody should send others.
    @Test
    void aGatewayWhoseClockIsOffIsNotReady() throws Exception {
        assertThat(door.get("/health/ready", Map.of()).statusCode()).isEqualTo(200);

        cluster.node(0).clockIsAhead(Duration.ofSeconds(1));

        Awaitility.await().until(() -> door.get("/health/ready", Map.of()).statusCode() == 503);
        assertThat(door.get("/health/ready", Map.of()).body()).contains("\"store\":\"bad\"");
        cluster.node(0).clockIsAhead(Duration.ZERO);
        Awaitility.await().until(() -> door.get("/health/ready", Map.of()).statusCode() == 200);
    }

    @Test
    void aDeviceIsSignedOutWhereverItIsSignedIn() throws Exception {
        try (var phone = cluster.rawPhone(1)) {
            phone.activate();
            String device = "/api/v1/devices/" + phone.deviceId().hex();
            other();
            JsonNode card = json(door.get(device, door.local()).body());
            assertThat(card.path("signedIn").asBoolean()).isTrue();
            assertThat(card.path("gateway").asString("")).isNotEmpty();

            var answer = json(door.send("POST", device + "/sign-out", door.local(), Optional.of("{}"))
                    .body());

            assertThat(answer.path("signedOut").asBoolean()).isTrue();
            assertThat(phone.peer().goodbye()).isEqualTo(Reason.SIGNED_OUT);
            assertThat(audited("device.sign-out").getFirst()).startsWith("sent to gateway");
            Awaitility.await()
                    .until(() -> !json(door.get(device, door.local()).body())
                            .path("signedIn")
                            .asBoolean());
            var again = door.send("POST", device + "/sign-out", door.local(), Optional.of("{}"));
            assertThat(json(again.body()).path("signedOut").asBoolean()).isFalse();
        }
    }

    @Test
    void theOrderToDrainReachesTheOtherGatewayAndNoneIsDrainedWithoutTheRight() throws Exception {
        String drain = "/api/v1/gateways/" + other().path("id").asString() + "/drain";
        var stopping = cluster.node(1).gateway().stopAsked().toCompletableFuture();
        String token = json(door.send(
                                "PUT", "/api/v1/tokens/looker", door.local(), Optional.of("{\"role\":\"auditor\"}"))
                        .body())
                .path("token")
                .asString();
        assertThat(door.send("POST", drain, Map.of(), REASON).statusCode()).isEqualTo(401);
        assertThat(door.send("POST", drain, Map.of("authorization", "Bearer " + token), REASON)
                        .statusCode())
                .isEqualTo(403);
        String nobody = "/api/v1/gateways/" + "0".repeat(32) + "/drain";
        assertThat(door.send("POST", nobody, door.local(), REASON).statusCode()).isEqualTo(404);
        assertThat(stopping).isNotDone();
        assertThat(audited("gateway.drain")).isEmpty();

        var begun = door.send("POST", drain, door.local(), REASON);

        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(json(begun.body()).path("draining").asBoolean()).isTrue();
        assertThat(stopping).isDone();
        assertThat(cluster.node(0).gateway().stopAsked().toCompletableFuture()).isNotDone();
        assertThat(audited("gateway.drain")).containsExactly("done", "asked");
        assertThat(door.send("POST", drain, door.local(), REASON).statusCode()).isEqualTo(409);
    }

    /// By the command line, from the order to the last phone that goes elsewhere.
    @Test
    void anotherGatewayIsDrainedByTheCommandLineAsAWhole() throws Exception {
        String id = other().path("id").asString();
        try (var phone = cluster.rawPhone(1)) {
            phone.activate();
            cluster.node(1).awaitLive(1);

            assertThat(run(0, "gateways")).contains(id, "ready");
            assertThat(run(0, "drain", "--gateway", id, "--reason", "update to 1.2"))
                    .contains("drains and ends when its phones are gone");
            cluster.node(1).gateway().stopAsked().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(run(0, "gateways")).contains("draining");
            run(1, "drain", "--gateway", id, "--reason", "again");
            cluster.node(1).stop(); // what `serve` does then

            assertThat(phone.peer().goodbye()).isEqualTo(Reason.SHUTTING_DOWN);
            try (var elsewhere = cluster.twin(phone, 0)) {
                elsewhere.signIn(phone.deviceId());
                cluster.node(0).awaitLive(1);
            }
            assertThat(run(0, "gateways")).doesNotContain(id);
            run(1, "drain", "--gateway", id, "--reason", "once more");
            cluster.node(1).startAgain();
        }
    }

    private String run(int expected, String... args) {
        var all = new ArrayList<>(List.of(args));
        all.add("--data-folder=" + folder);
        var line = new CommandLineFixture(folder);
        int code = line.run(all.toArray(String[]::new));
        assertThat(code).as("%s%s", line.out, line.err).isEqualTo(expected);
        return line.out.toString();
    }
}
