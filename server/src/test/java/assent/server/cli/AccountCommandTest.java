package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.support.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `gateway account` and `gateway token`, and what all commands have in common that ask a running gateway.
class AccountCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TestGateway gateway;

    private CommandLineFixture line = new CommandLineFixture(Path.of("."));

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start(folder.resolve("data"), Map.of("admin.enabled", "yes"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private String run(int expected, String... args) {
        var all = new ArrayList<>(List.of(args));
        if (!all.contains("--server")) {
            all.add("--data-folder=data");
        }
        line = new CommandLineFixture(folder);
        int code = line.run(all.toArray(String[]::new));
        assertThat(code).as("%s%s", line.out, line.err).isEqualTo(expected);
        return line.out.toString();
    }

    private JsonNode json(String... args) {
        var all = new ArrayList<>(List.of(args));
        all.addAll(List.of("-o", "json"));
        String out = run(0, all.toArray(String[]::new));
        assertThat(out.strip()).as(String.join(" ", args)).isNotEmpty().doesNotContain("\n");
        return JsonMapper.shared().readTree(out);
    }

    @Test
    void anAccountIsMadeGivenAnotherRoleAndRemoved() {
        assertThat(json("account", "add", "vera", "--role", "viewer")
                        .path("password")
                        .asString())
                .hasSizeGreaterThan(12);

        assertThat(run(0, "account", "role", "vera", "--role", "auditor")).containsPattern("vera +auditor");
        assertThat(run(0, "account", "list")).containsPattern("vera +auditor").containsPattern("operator +operator");
        assertThat(json("account", "role", "vera", "--role", "operator")
                        .path("role")
                        .asString())
                .isEqualTo("operator");
        assertThat(json("account", "reset", "vera").path("password").asString()).hasSizeGreaterThan(12);
        run(1, "account", "role", "vera", "--role", "emperor");
        assertThat(line.err.toString()).contains("expected viewer, auditor or operator");
        run(1, "account", "role", "wim", "--role", "viewer");
        assertThat(line.err.toString()).contains("There is no account of this name");
        assertThat(json("account", "remove", "vera").path("removed").asString()).isEqualTo("vera");
        run(1, "account", "remove", "operator");
        assertThat(line.err.toString()).contains("last operator");
    }

    @Test
    void everyAnswerForProgramsIsJson() {
        for (String command : List.of(
                "status",
                "gateways",
                "sms",
                "account list",
                "token list",
                "policy show",
                "policy diff",
                "policy history",
                "policy set --value=sms.per-day-max=5 --dry-run",
                "audit list")) {
            assertThat(json(command.split(" ")).isContainer()).as(command).isTrue();
        }
    }

    /// So that operators can act while it is being mended.
    @Test
    void aBrokenConfigurationHoldsNobodyUpWhoNamesTheDataFolder() throws Exception {
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve("assent.yaml"), "listen: {port: many}");
        line = new CommandLineFixture(broken);

        assertThat(line.run("status")).isEqualTo(2);
        assertThat(line.run("status", "--data-folder=" + folder.resolve("data")))
                .isZero();
    }

    @Test
    void theWayToTheCarrierIsShown() {
        assertThat(run(0, "sms")).containsPattern("carrier +bound").containsPattern("in a day at most +20000");
    }

    @Test
    void aProgramElsewhereComesInWithItsToken() throws Exception {
        String token = json("token", "add", "scraper", "--role", "viewer")
                .path("token")
                .asString();
        Files.writeString(folder.resolve("token"), token + "\n");
        String server = gateway.gateway().adminAddress().orElseThrow().toString();

        run(0, "status", "--server", server, "--token-file", "token");
        run(1, "account", "list", "--server", server, "--token-file", "token");
        assertThat(line.err.toString()).contains("The role viewer may not do this");
        run(1, "status", "--server", server);
        assertThat(line.err.toString()).contains("without --token-file");

        assertThat(json("token", "revoke", "scraper").path("revoked").asString())
                .isEqualTo("scraper");
        run(1, "status", "--server", server, "--token-file", "token");
    }

    @Test
    void aTokenIsNotSentToAnotherMachineInClear() throws Exception {
        Files.writeString(folder.resolve("precious"), "precious");

        run(1, "status", "--server", "http://gateway.example:7480", "--token-file", "precious");

        assertThat(line.err.toString()).contains("could read the token").doesNotContain("precious");
    }

    @Test
    void whereNoGatewayAnswersTheExitCodeIsThree() throws Exception {
        line = new CommandLineFixture(folder);
        assertThat(line.run("status", "--data-folder=elsewhere")).isEqualTo(3);
        assertThat(line.err.toString()).contains("no gateway runs with this data folder");

        Files.writeString(folder.resolve("any"), "any");
        int devices = gateway.address().getPort(); // speaks TLS, and something else
        run(3, "audit", "export", "--server", "http://127.0.0.1:" + devices, "--token-file", "any");
        run(3, "status", "--server", "https://127.0.0.1:" + devices, "--token-file", "any");
    }
}
