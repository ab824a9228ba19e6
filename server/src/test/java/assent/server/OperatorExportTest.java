package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Outcome;
import assent.server.audit.AuditFilter;
import assent.server.support.AdminDoor;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// An operator exports what is held about a device, since its user asked: what the phone would get, with nothing in it
/// that is not the operator's to read.
class OperatorExportTest {
    private static final Optional<String> REASON = Optional.of("{\"reason\":\"request 12\"}");

    @TempDir
    private Path folder = Path.of("");

    private TestGateway gateway;
    private AdminDoor door;
    private RawPhone anna;
    private RawPhone ben;
    private String path = "";

    @BeforeEach
    void aTextWaitsForBen() throws Exception {
        gateway = TestGateway.start(folder, Map.of("admin.enabled", "yes"));
        door = AdminDoor.of(gateway.gateway(), folder);
        anna = gateway.phone();
        ben = gateway.phone();
        anna.activate();
        ben.activate();
        path = "/api/v1/devices/" + ben.deviceId().hex() + "/export";
        ben.goAway();
        anna.text(ben.number, "meet me at the lighthouse");
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
    }

    @AfterEach
    void stop() {
        anna.close();
        ben.close();
        door.close();
        gateway.close();
    }

    private HttpResponse<String> export(Map<String, String> as, Optional<String> body) throws Exception {
        return door.send("POST", path, as, body);
    }

    @Test
    void theExportHasWhatIsHeldButNoNumberInFullAndNoText() throws Exception {
        var reply = export(door.local(), REASON);

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-disposition").orElseThrow())
                .startsWith("attachment");
        var export = JsonMapper.shared().readTree(reply.body());
        assertThat(export.at("/activation/deviceId").asString())
                .isEqualTo(ben.deviceId().hex());
        assertThat(export.at("/activation/number").asString()).startsWith("+91 •");
        assertThat(export.path("consent").path("receipt").isObject()).isTrue();
        assertThat(export.at("/waitingTexts/0/bodyBytes").asInt()).isEqualTo("meet me at the lighthouse".length());
        assertThat(export.at("/waitingTexts/0/from").asString()).startsWith("+91 •");
        assertThat(export.path("leftOut").asString()).contains("texts");
        for (RawPhone phone : new RawPhone[] {anna, ben}) {
            assertThat(reply.body()).doesNotContain(phone.number.e164().substring(3));
        }
        assertThat(reply.body()).doesNotContain("lighthouse");
    }

    @Test
    void itIsAuditedWithItsReasonAndNobodyGetsItOtherwise() throws Exception {
        var token = door.send("PUT", "/api/v1/tokens/looker", door.local(), Optional.of("{\"role\":\"auditor\"}"));
        var looker = Map.of(
                "authorization",
                "Bearer "
                        + JsonMapper.shared()
                                .readTree(token.body())
                                .path("token")
                                .asString());
        assertThat(export(looker, REASON).statusCode()).isEqualTo(403);
        assertThat(export(Map.of(), REASON).statusCode()).isEqualTo(401);
        assertThat(export(door.local(), Optional.of("{\"reason\":\" \"}")).statusCode())
                .isEqualTo(400);
        assertThat(door.send("POST", "/api/v1/devices/" + "0".repeat(32) + "/export", door.local(), REASON)
                        .statusCode())
                .isEqualTo(404);

        export(door.local(), REASON);

        var exports = gateway.gateway().desk().audit().newest(AuditFilter.ALL, Long.MAX_VALUE, 10).stream()
                .map(entry -> entry.event())
                .filter(event -> event.action().equals("device.export"))
                .toList();
        assertThat(exports).extracting(event -> event.result()).containsExactly("done", "nothing is held");
        assertThat(exports.getFirst().reason()).isEqualTo("request 12");
        assertThat(exports.getFirst().subject())
                .isEqualTo("device " + ben.deviceId().hex());
    }
}
