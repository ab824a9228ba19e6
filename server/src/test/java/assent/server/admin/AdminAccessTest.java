package assent.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.support.AdminDoor;
import assent.server.support.MovableClock;
import assent.server.support.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Who comes in at the admin listener, and who does not.
class AdminAccessTest {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static final MovableClock CLOCK = new MovableClock();

    @SuppressWarnings("NullAway.Init")
    private static TestGateway gateway;

    @SuppressWarnings("NullAway.Init")
    private static AdminDoor door;

    @SuppressWarnings("NullAway.Init")
    private static String firstPassword;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder, Map.of("admin.enabled", "yes", "admin.login-tries-max", "3"), CLOCK);
        door = AdminDoor.of(gateway.gateway(), folder);
        firstPassword = gateway.gateway().firstPassword().orElseThrow().password();
    }

    @AfterAll
    static void stop() {
        door.close();
        gateway.close();
    }

    @Test
    void anyoneMayAskWhetherTheGatewayIsReadyButNothingElse() throws Exception {
        assertThat(door.get("/health/live", Map.of()).statusCode()).isEqualTo(200);
        assertThat(door.get("/health/ready", Map.of()).body()).contains("\"status\":\"ready\"");
        for (String path : new String[] {"/metrics", "/api/v1/status", "/api/v1/accounts"}) {
            var reply = door.get(path, Map.of());
            assertThat(reply.statusCode()).as(path).isEqualTo(401);
            assertThat(reply.headers().firstValue("content-type")).contains("application/problem+json");
        }
    }

    @Test
    void whoOpensAPageWithoutBeingSignedInIsShownTheWay() throws Exception {
        var reply = door.get("/console", Map.of());

        assertThat(reply.statusCode()).isEqualTo(303);
        assertThat(reply.headers().firstValue("location")).contains("/console/sign-in");
    }

    @Test
    void theUserOfThisMachineNeedsNoPassword() throws Exception {
        var me = door.get("/api/v1/me", door.local());

        assertThat(me.statusCode()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(me.body()).path("name").asString())
                .isEqualTo("local");
    }

    @Test
    void filesWithSecretsAreForTheirOwnerAlone() throws Exception {
        for (String file : new String[] {"accounts.json", "admin-local.json"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(folder.resolve("accounts.json"))).doesNotContain(firstPassword);
    }

    @Test
    void theFirstPasswordOpensTheConsole() throws Exception {
        var welcome = door.signIn("operator", firstPassword);

        assertThat(welcome.statusCode()).isEqualTo(303);
        assertThat(welcome.headers().firstValue("set-cookie").orElseThrow())
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .as("not shared with a gateway at another port")
                .startsWith("assent_session_" + door.address().getPort() + "=");
        assertThat(door.get("/console", AdminDoor.cookieOf(welcome)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aChangeFromASessionNeedsItsToken() throws Exception {
        var cookie = AdminDoor.cookieOf(door.signIn("operator", firstPassword));
        String page = door.get("/console", cookie).body();
        var csrf = CSRF.matcher(page);
        assertThat(csrf.find()).isTrue();
        String change = "/api/v1/tokens/forged";
        var body = Optional.of("{\"role\":\"viewer\"}");

        assertThat(door.send("PUT", change, cookie, body).statusCode()).isEqualTo(403);
        var wrong = new HashMap<>(cookie);
        wrong.put("x-csrf-token", "x" + csrf.group(1).substring(1));
        assertThat(door.send("PUT", change, wrong, body).statusCode()).isEqualTo(403);
        var foreign = new HashMap<>(cookie);
        foreign.put("x-csrf-token", csrf.group(1));
        foreign.put("sec-fetch-site", "cross-site");
        assertThat(door.send("PUT", change, foreign, body).statusCode()).isEqualTo(403);

        var right = new HashMap<>(cookie);
        right.put("x-csrf-token", csrf.group(1));
        assertThat(door.send("PUT", change, right, body).statusCode()).isEqualTo(201);
    }

    @Test
    void wrongPasswordsAreLimitedAndTimeHealsIt() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(door.signIn("guess", "wrong-" + i).statusCode()).isEqualTo(401);
        }
        var refused = door.signIn("guess", "another");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(door.signIn("operator", firstPassword).statusCode())
                .as("another account is not held up")
                .isEqualTo(303);

        CLOCK.move(Duration.ofMinutes(16));
        assertThat(door.signIn("guess", "another").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenMayDoWhatItsRoleMayAndIsGoneWhenRevoked() throws Exception {
        String secret = token("scraper", "viewer");
        var asViewer = Map.of("authorization", "Bearer " + secret);

        assertThat(door.get("/metrics", asViewer).statusCode()).isEqualTo(200);
        assertThat(door.get("/api/v1/accounts", asViewer).statusCode()).isEqualTo(403);
        assertThat(Files.readString(folder.resolve("accounts.json"))).doesNotContain(secret);

        door.send("DELETE", "/api/v1/tokens/scraper", door.local(), Optional.empty());
        assertThat(door.get("/metrics", asViewer).statusCode()).isEqualTo(401);
    }

    private static String token(String name, String role) throws Exception {
        var made = door.send("PUT", "/api/v1/tokens/" + name, door.local(), Optional.of("{\"role\":\"" + role + "\"}"));
        return JsonMapper.shared().readTree(made.body()).path("token").asString();
    }

    @Test
    void aRemovedAccountIsOutAtOnceAndTheLastOperatorStays() throws Exception {
        var made = door.send("PUT", "/api/v1/accounts/vera", door.local(), Optional.of("{\"role\":\"viewer\"}"));
        String password =
                JsonMapper.shared().readTree(made.body()).path("password").asString();
        var cookie = AdminDoor.cookieOf(door.signIn("vera", password));
        assertThat(door.get("/console", cookie).statusCode()).isEqualTo(200);

        door.send("DELETE", "/api/v1/accounts/vera", door.local(), Optional.empty());
        assertThat(door.get("/console", cookie).statusCode()).isEqualTo(303);
        assertThat(door.send("DELETE", "/api/v1/accounts/operator", door.local(), Optional.empty())
                        .statusCode())
                .isEqualTo(409);
    }

    /// Or an operator's deeds would be taken for the gateway's.
    @Test
    void nobodyIsCalledWhatTheLogCallsThoseWithoutAnAccount() throws Exception {
        for (String name : List.of("local", "gateway", "nobody")) {
            var refused =
                    door.send("PUT", "/api/v1/accounts/" + name, door.local(), Optional.of("{\"role\":\"operator\"}"));

            assertThat(refused.statusCode()).as(name).isEqualTo(400);
            assertThat(refused.body()).contains("Choose another name");
        }
    }

    @Test
    void aSessionThatNobodyUsesEnds() throws Exception {
        var cookie = AdminDoor.cookieOf(door.signIn("operator", firstPassword));

        CLOCK.move(Duration.ofMinutes(31));

        assertThat(door.get("/console", cookie).statusCode()).isEqualTo(303);
    }

    @Test
    void whoIsOutSeesNoMoreLiveFiguresAlsoOnAPageThatIsOpen() throws Exception {
        var made = door.send("PUT", "/api/v1/accounts/wanda", door.local(), Optional.of("{\"role\":\"viewer\"}"));
        String password =
                JsonMapper.shared().readTree(made.body()).path("password").asString();
        var page = new HashMap<>(AdminDoor.cookieOf(door.signIn("wanda", password)));
        page.put("accept", "text/event-stream");

        try (var events = door.lines("/console/events", page)) {
            var line = events.iterator();
            assertThat(line.next()).isEqualTo("event: vitals");
            door.send("DELETE", "/api/v1/accounts/wanda", door.local(), Optional.empty());
            var last = new ArrayList<String>();
            line.forEachRemaining(last::add);
            assertThat(last).containsSubsequence("event: out", "data: signed out");
        }

        assertThat(door.get("/console/events", page).body()).isEqualTo("event: out\ndata: signed out\n\n");
    }

    @Test
    void noPageMayRunAScriptThatIsWrittenInIt() throws Exception {
        var headers = door.get("/console/sign-in", Map.of()).headers();

        assertThat(headers.firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("cache-control")).contains("no-store");
    }
}
