package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.consent.PublicKeyPem;
import assent.server.policy.ActivationPolicy.State;
import assent.server.support.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `gateway policy` and `gateway audit`, against a running gateway.
class PolicyAndAuditCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private TestGateway gateway;
    private CommandLineFixture line;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder.resolve("data"), Map.of("admin.enabled", "yes"));
        line = new CommandLineFixture(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /// Runs a command against this gateway.
    ///
    /// @return what it printed
    private String run(int expected, String... args) {
        var all = new ArrayList<>(List.of(args));
        all.add("--data-folder=data");
        line = new CommandLineFixture(folder);
        int code = line.run(all.toArray(String[]::new));
        assertThat(code).as("%s%s", line.out, line.err).isEqualTo(expected);
        return line.out.toString();
    }

    @Test
    void whatIsShownCanBeSetAgain() throws Exception {
        String shown = run(0, "policy", "show");
        assertThat(shown).startsWith("# version 1, by gateway at ").contains("\nactivation:\n  state: OPEN\n");
        Files.writeString(folder.resolve("policy.yaml"), shown.replaceFirst("state: OPEN", "state: INVITE_ONLY"));

        String dry = run(0, "policy", "set", "policy.yaml", "--dry-run");
        assertThat(dry).containsPattern("activation.state +OPEN +INVITE_ONLY");
        assertThat(state()).isEqualTo(State.OPEN);
        run(0, "policy", "set", "policy.yaml", "--reason", "friends first");

        assertThat(state()).isEqualTo(State.INVITE_ONLY);
        assertThat(line.err.toString()).contains("Version 2 of the policy holds.");
    }

    @Test
    void aFileThatWasMadeFromAnEarlierVersionUndoesNothing() throws Exception {
        String shown = run(0, "policy", "show");
        Files.writeString(folder.resolve("policy.yaml"), shown.replaceFirst("state: OPEN", "state: INVITE_ONLY"));
        run(0, "policy", "set", "--value=activation.countries.91.state=PAUSED", "--reason=outage");

        run(1, "policy", "set", "policy.yaml", "--reason", "friends first");

        assertThat(line.err.toString()).contains("made from version 1, and version 2 holds", "holds by now");
        assertThat(state()).isEqualTo(State.OPEN);
        assertThat(run(0, "policy", "set", "policy.yaml", "--reason", "all the same", "--expected=2"))
                .contains("activation.countries.91.state");
        assertThat(state()).isEqualTo(State.INVITE_ONLY);
    }

    private State state() {
        return gateway.gateway().desk().policy().current().policy().activation().state();
    }

    @Test
    void singleValuesAreSetAndSetBack() {
        run(
                0,
                "policy",
                "set",
                "--value=activation.countries.91.state=PAUSED",
                "--value=activation.methods=[DEVICE_SMS]",
                "--reason=outage");
        assertThat(run(0, "policy", "diff")).contains("activation.countries.91.state", "activation.methods");

        run(0, "policy", "restore", "1", "--reason=over");

        assertThat(run(0, "policy", "history"))
                .containsPattern("3 .*over \\(restores 1\\)")
                .containsPattern("2 .*outage");
        assertThat(run(0, "policy", "diff", "--from=1", "--to=3")).doesNotContain("activation");
        var history = JsonMapper.shared().readTree(run(0, "policy", "history", "-o", "json"));
        assertThat(history.size()).isEqualTo(3);
    }

    @Test
    void whatTheGatewayRefusesIsSaidAndNothingChanges() {
        run(1, "policy", "set", "--value=activation.state=SHUT", "--reason=x");
        assertThat(line.err.toString()).contains("activation.state is \"SHUT\"");
        run(1, "policy", "set", "--value=sms.per-day-max=5", "--expected=7", "--reason=x");
        assertThat(line.err.toString()).contains("holds by now");
        run(2, "policy", "set", "--value=sms.per-day-max=5");
        run(2, "policy", "set", "--reason=x");
        run(2, "policy");
        assertThat(gateway.gateway().desk().policy().current().number()).isEqualTo(1);
    }

    @Test
    void invitationsArePrintedOneALine() {
        assertThat(run(0, "policy", "invite", "--count=3", "--last-day=" + LocalDate.now(ZoneOffset.UTC)))
                .matches("(([0-9A-Z]{4}-){5}[0-9A-Z]{4}\\R){3}");
    }

    @Test
    void anExportIsVerifiedAndOneThatWasChangedIsNot() throws Exception {
        Files.writeString(folder.resolve("key.pem"), PublicKeyPem.write(gateway.signingKey()));
        run(0, "policy", "set", "--value=sms.per-day-max=5", "--reason=less");
        assertThat(run(0, "audit", "list", "--action=policy."))
                .contains("policy.change")
                .contains("policy.first");
        Path export = Files.writeString(folder.resolve("audit.jsonl"), run(0, "audit", "export"));

        String said = verify(0, "audit.jsonl");
        assertThat(said).contains("whole and unchanged: 3 entries");
        String known = said.substring(said.indexOf("--known ") + 8).strip();
        verify(0, "audit.jsonl", "--known", known);
        verify(1, "audit.jsonl", "--known", known.replaceFirst("^3:.", "3:" + (known.charAt(2) == '0' ? '1' : '0')));

        List<String> lines = new ArrayList<>(Files.readAllLines(export));
        Files.writeString(folder.resolve("edited"), Files.readString(export).replace("less", "more"));
        assertThat(verify(1, "edited")).contains("Line 2");
        Collections.swap(lines, 0, 1);
        Files.write(folder.resolve("swapped"), lines);
        verify(1, "swapped");
        lines.removeLast();
        Files.write(folder.resolve("cut"), lines);
        verify(1, "cut");
        verify(2, "nowhere");
        assertThat(JsonMapper.shared()
                        .readTree(verify(1, "cut", "-o", "json"))
                        .path("valid")
                        .asBoolean())
                .isFalse();
    }

    private String verify(int expected, String... args) {
        var all = new ArrayList<>(List.of("audit", "verify", "--key=key.pem"));
        all.addAll(List.of(args));
        line = new CommandLineFixture(folder);
        assertThat(line.run(all.toArray(String[]::new)))
                .as("%s%s", line.out, line.err)
                .isEqualTo(expected);
        return line.out.toString();
    }
}
