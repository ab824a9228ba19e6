package assent.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.audit.AuditEvent;
import assent.server.audit.AuditFilter;
import assent.server.support.AdminDoor;
import assent.server.support.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What operators do with their own and others' ways in, and what the audit log has of it.
class OperatorsAuditTest {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    @TempDir
    private Path folder = Path.of("");

    private TestGateway gateway;
    private AdminDoor door;
    private String firstPassword;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder, Map.of("admin.enabled", "yes"));
        door = AdminDoor.of(gateway.gateway(), folder);
        firstPassword = gateway.gateway().firstPassword().orElseThrow().password();
    }

    @AfterEach
    void stop() {
        door.close();
        gateway.close();
    }

    /// The newest first.
    private List<AuditEvent> audited(String action) throws Exception {
        return gateway
                .gateway()
                .desk()
                .audit()
                .newest(
                        new AuditFilter(Optional.empty(), Optional.of(action), Optional.empty(), Optional.empty()),
                        Long.MAX_VALUE,
                        20)
                .stream()
                .map(entry -> entry.event())
                .toList();
    }

    private HttpResponse<String> local(String verb, String path, String body) throws Exception {
        return door.send(verb, path, door.local(), Optional.of(body));
    }

    private static String field(HttpResponse<String> reply, String name) {
        return JsonMapper.shared().readTree(reply.body()).path(name).asString("");
    }

    /// A browser: its cookie, and the token that its changes carry.
    private Map<String, String> browser(String name, String password) throws Exception {
        var headers = new HashMap<>(AdminDoor.cookieOf(door.signIn(name, password)));
        var csrf = CSRF.matcher(door.get("/console", headers).body());
        assertThat(csrf.find()).isTrue();
        headers.put("x-csrf-token", csrf.group(1));
        return headers;
    }

    @Test
    void whoSignsInFailsToAndSignsOutIsTakenDown() throws Exception {
        var browser = browser("operator", firstPassword);
        door.signIn("operator", "not the password");
        door.signIn("hunter2-typed-into-the-wrong-field", "x");
        door.send("POST", "/console/sign-out", browser, Optional.empty());

        var signIns = audited("operator.sign-in");
        assertThat(signIns).extracting(AuditEvent::who).containsExactly("nobody", "operator", "operator");
        assertThat(signIns.get(2).result()).isEqualTo("done");
        assertThat(signIns.subList(0, 2)).extracting(AuditEvent::result).allMatch(text -> text.startsWith("refused"));
        assertThat(signIns).extracting(AuditEvent::from).containsOnly("127.0.0.1");
        assertThat(audited("operator.sign-out")).extracting(AuditEvent::who).containsExactly("operator");
        assertThat(door.get("/api/v1/audit", door.local()).body()).doesNotContain("hunter2");
    }

    @Test
    void aChangeOfAnAccountStandsInTheLogWithWhatItCameTo() throws Exception {
        local("PUT", "/api/v1/accounts/vera", "{\"role\":\"viewer\"}");
        local("PUT", "/api/v1/accounts/vera/role", "{\"role\":\"auditor\"}");
        var last = local("PUT", "/api/v1/accounts/operator/role", "{\"role\":\"viewer\"}");
        local("POST", "/api/v1/accounts/vera/password", "{}");
        local("DELETE", "/api/v1/accounts/vera", "{}");
        var gone = local("PUT", "/api/v1/accounts/vera/role", "{\"role\":\"viewer\"}");

        assertThat(last.statusCode()).as("the last operator stays one").isEqualTo(409);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(audited("account.add").getFirst().after()).containsExactly(Map.entry("role", "viewer"));
        var roles = audited("account.role");
        assertThat(roles)
                .extracting(AuditEvent::result)
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("refused: There is no account"),
                        one -> assertThat(one).startsWith("refused: This is the last operator"),
                        one -> assertThat(one).isEqualTo("done"));
        assertThat(roles.get(2).before()).containsExactly(Map.entry("role", "viewer"));
        assertThat(roles.get(2).after()).containsExactly(Map.entry("role", "auditor"));
        assertThat(roles.get(1).after()).isEmpty();
        assertThat(audited("account.remove").getFirst().before()).containsExactly(Map.entry("role", "auditor"));
        assertThat(audited("account.reset").getFirst().result()).isEqualTo("done");
    }

    @Test
    void whoeverGuessesAnOpenBrowsersPasswordCannotFillTheLog() throws Exception {
        String password = field(local("PUT", "/api/v1/accounts/vera", "{\"role\":\"viewer\"}"), "password");
        var vera = browser("vera", password);
        var guess = Optional.of("{\"current\":\"wrong\",\"next\":\"a new long password\"}");

        for (int i = 0; i < 8; i++) {
            assertThat(door.send("POST", "/api/v1/me/password", vera, guess).statusCode())
                    .isEqualTo(400);
        }

        assertThat(audited("account.password")).as("as many as may be tried").hasSize(5);
    }

    @Test
    void aChangeOfATokenStandsInTheLogWithoutTheToken() throws Exception {
        String secret = field(local("PUT", "/api/v1/tokens/scraper", "{\"role\":\"viewer\"}"), "token");
        assertThat(local("PUT", "/api/v1/tokens/scraper", "{\"role\":\"operator\"}")
                        .statusCode())
                .isEqualTo(409);
        local("DELETE", "/api/v1/tokens/scraper", "{}");

        assertThat(audited("token.add"))
                .extracting(AuditEvent::result)
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("refused: There is a token of this name"),
                        one -> assertThat(one).isEqualTo("done"));
        assertThat(audited("token.revoke").getFirst().before())
                .containsEntry("role", "viewer")
                .containsEntry("made by", "local");
        assertThat(door.get("/api/v1/audit", door.local()).body()).doesNotContain(secret);
    }

    @Test
    void aRoleCountsAtOnceAlsoForWhoIsSignedIn() throws Exception {
        String password = field(local("PUT", "/api/v1/accounts/vera", "{\"role\":\"viewer\"}"), "password");
        var vera = browser("vera", password);
        assertThat(door.get("/api/v1/audit", vera).statusCode()).isEqualTo(403);

        local("PUT", "/api/v1/accounts/vera/role", "{\"role\":\"auditor\"}");

        assertThat(door.get("/api/v1/audit", vera).statusCode()).isEqualTo(200);
        assertThat(door.get("/console/access", vera).statusCode()).isEqualTo(403);
    }

    @Test
    void everybodyChangesTheirOwnPasswordAndOtherBrowsersAreOut() throws Exception {
        String old = field(local("PUT", "/api/v1/accounts/vera", "{\"role\":\"viewer\"}"), "password");
        var here = browser("vera", old);
        var elsewhere = browser("vera", old);
        String path = "/api/v1/me/password";
        String body = "{\"current\":\"%s\",\"next\":\"%s\"}";
        assertThat(JsonMapper.shared()
                        .readTree(door.get("/api/v1/me/sessions", here).body())
                        .size())
                .isEqualTo(2);

        assertThat(door.send("POST", path, here, Optional.of(body.formatted("wrong", "a new long password")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(door.send("POST", path, here, Optional.of(body.formatted(old, "short")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(local("POST", path, body.formatted(old, "a new long password"))
                        .statusCode())
                .as("a program has none")
                .isEqualTo(409);
        assertThat(door.get("/console", elsewhere).statusCode()).isEqualTo(200);

        assertThat(door.send("POST", path, here, Optional.of(body.formatted(old, "a new long password")))
                        .statusCode())
                .isEqualTo(204);

        assertThat(door.get("/console", here).statusCode()).isEqualTo(200);
        assertThat(door.get("/console", elsewhere).statusCode()).isEqualTo(303);
        assertThat(door.signIn("vera", old).statusCode()).isEqualTo(401);
        assertThat(door.signIn("vera", "a new long password").statusCode()).isEqualTo(303);
        assertThat(audited("account.password").getFirst().result()).isEqualTo("done");
        assertThat(door.get("/api/v1/audit", door.local()).body()).doesNotContain("a new long password");
    }
}
