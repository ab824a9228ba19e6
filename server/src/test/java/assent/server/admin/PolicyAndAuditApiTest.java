package assent.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.server.audit.AuditCheck;
import assent.server.policy.Policy;
import assent.server.policy.document.PolicyDocument;
import assent.server.support.AdminDoor;
import assent.server.support.Peer;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What operators ask of the policy and the audit log over HTTP.
class PolicyAndAuditApiTest {
    private static final String POLICY = "/api/v1/policy";

    @TempDir
    private Path folder = Path.of("");

    private TestGateway gateway;
    private AdminDoor door;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder, Map.of("admin.enabled", "yes"));
        door = AdminDoor.of(gateway.gateway(), folder);
    }

    @AfterEach
    void stop() {
        door.close();
        gateway.close();
    }

    private JsonNode get(String path) throws Exception {
        var response = door.get(path, door.local());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private HttpResponse<String> send(String verb, String path, Map<String, String> body) throws Exception {
        return door.send(
                verb, path, door.local(), Optional.of(JsonMapper.shared().writeValueAsString(body)));
    }

    private HttpResponse<String> put(long expected, String document) throws Exception {
        return send(
                "PUT", POLICY, Map.of("expected", Long.toString(expected), "reason", "a test", "document", document));
    }

    @Test
    void anOperatorPausesACountryAndAPhoneThereIsRefusedWithinASecond() throws Exception {
        assertThat(put(1, "activation: {countries: {91: {state: PAUSED}}}").statusCode())
                .isEqualTo(200);

        try (Peer peer = gateway.connect()) {
            peer.hello();
            peer.send(new DeviceFrame.NoticeRequest("en", 91));
            assertThat(peer.expect(GatewayFrame.ActivationClosed.class).reason())
                    .isEqualTo(Reason.COUNTRY_CLOSED);
        }
        assertThat(get(POLICY).path("author").asString()).isNotBlank();
        assertThat(get(POLICY).at("/policy/activation/countries/91/state").asString())
                .isEqualTo("PAUSED");
        assertThat(PolicyDocument.parse(
                        "shown", get(POLICY + "/versions/1").path("yaml").asString()))
                .isEqualTo(Policy.builtIn());
    }

    @Test
    void whoComesSecondIsToldAndNothingIsLost() throws Exception {
        put(1, "sms: {per-day-max: 5}");

        var second = put(1, "sms: {per-day-max: 6}");

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("Version 2 of the policy holds by now");
        assertThat(get(POLICY).at("/policy/sms/per-day-max").asInt()).isEqualTo(5);
        assertThat(get("/api/v1/audit?action=policy.change")
                        .get(0)
                        .path("result")
                        .asString())
                .startsWith("refused");
    }

    @Test
    void whatIsWrongWithADocumentIsSaidWithItsLine() throws Exception {
        var refused = put(1, "activation:\n  state: OPNE\n");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("policy:2:10").contains("INVITE_ONLY");
        assertThat(put(1, "approval: OFF").statusCode()).isEqualTo(400);
        assertThat(send("PUT", POLICY, Map.of("expected", "one", "reason", "x", "document", ""))
                        .statusCode())
                .isEqualTo(400);
        assertThat(get(POLICY).path("version").asLong()).isEqualTo(1);
    }

    @Test
    void aChangeIsLookedAtBeforeAndAfterAndTakenBack() throws Exception {
        var checked = send("POST", POLICY + "/check", Map.of("document", "sms: {per-day-max: 7}"));
        assertThat(JsonMapper.shared()
                        .readTree(checked.body())
                        .at("/changes/0/path")
                        .asString())
                .isEqualTo("sms.per-day-max");
        assertThat(get(POLICY).path("version").asLong()).isEqualTo(1);
        put(1, "sms: {per-day-max: 7}");

        assertThat(get(POLICY + "/diff").at("/changes/0/after").asString()).isEqualTo("7");
        var restored = send("POST", POLICY + "/versions/1/restore", Map.of("expected", "2", "reason", "back"));

        assertThat(restored.statusCode()).isEqualTo(200);
        assertThat(get(POLICY + "/versions")
                        .valueStream()
                        .map(one -> one.path("version").asLong()))
                .containsExactly(3L, 2L, 1L);
        assertThat(get(POLICY + "/versions").at("/0/restores").asLong()).isEqualTo(1);
        assertThat(door.get(POLICY + "/versions/9", door.local()).statusCode()).isEqualTo(404);
    }

    @Test
    void invitationsAreMadeAndOnePhoneComesInWithOne() throws Exception {
        put(1, "activation: {state: INVITE_ONLY}");
        String today = LocalDate.now(ZoneOffset.UTC).plusDays(2).toString();

        var made = send("POST", "/api/v1/invitations", Map.of("count", "3", "lastDay", today));

        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode codes = JsonMapper.shared().readTree(made.body()).path("codes");
        assertThat(codes.size()).isEqualTo(3);
        try (RawPhone phone = gateway.phone()) {
            assertThat(phone.invited(codes.get(1).asString()).activate()).isNotNull();
        }
        assertThat(send("POST", "/api/v1/invitations", Map.of("count", "1", "lastDay", "2020-01-01"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("/api/v1/audit").toString()).doesNotContain(codes.get(0).asString());
    }

    @Test
    void theAuditLogIsFilteredAndItsExportVerifies() throws Exception {
        put(1, "sms: {per-day-max: 8}");

        JsonNode changes = get("/api/v1/audit?action=policy.change");
        assertThat(changes.size()).isEqualTo(1);
        assertThat(changes.at("/0/before/sms.per-day-max").asString()).isEqualTo("20000");
        assertThat(changes.at("/0/after/sms.per-day-max").asString()).isEqualTo("8");
        assertThat(changes.at("/0/from").asString()).isEqualTo("127.0.0.1");
        assertThat(get("/api/v1/audit?until=2020-01-01T00:00:00Z").size()).isZero();
        var export = door.get("/api/v1/audit/export", door.local());
        assertThat(AuditCheck.verify(new StringReader(export.body()), gateway.signingKey(), Optional.empty()))
                .isInstanceOfSatisfying(
                        AuditCheck.Verdict.Sound.class,
                        sound -> assertThat(sound.entries()).isEqualTo(3));
        assertThat(get("/api/v1/audit").at("/0/action").asString()).isEqualTo("audit.export");
    }

    @Test
    void nobodySeesOrChangesAnythingWithoutAWayIn() throws Exception {
        assertThat(door.get(POLICY, Map.of()).statusCode()).isEqualTo(401);
        assertThat(door.get("/api/v1/audit/export", Map.of()).statusCode()).isEqualTo(401);
        assertThat(door.send("PUT", POLICY, Map.of(), Optional.of("{}")).statusCode())
                .isEqualTo(401);
    }
}
