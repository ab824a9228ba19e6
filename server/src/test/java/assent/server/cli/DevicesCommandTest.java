package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.server.support.RawPhone;
import assent.server.support.Spellings;
import assent.server.support.TestGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `gateway devices`, against a running gateway. The number stands on no command line.
class DevicesCommandTest {
    private static final String PROMPT = "Number, in international form:";

    @TempDir
    private Path folder = Path.of("");

    private CommandLineFixture line = new CommandLineFixture(Path.of("."));

    /// @param typed what stands on standard input
    private int run(String typed, boolean isTyped, String... args) {
        var all = new ArrayList<>(List.of(args));
        all.addFirst("devices");
        all.add("--data-folder=data");
        line = new CommandLineFixture(folder);
        line.typed = typed;
        line.isTyped = isTyped;
        return line.run(all.toArray(String[]::new));
    }

    @Test
    void aDeviceIsFoundByANumberThatIsTypedOrPipedInAndIsShownMasked() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder.resolve("data"), Map.of("admin.enabled", "yes"));
                RawPhone anna = gateway.phone()) {
            anna.activate();
            String number = anna.number.e164();
            String device = anna.deviceId().hex();

            assertThat(run(number + "\n", true, "find")).isZero();
            assertThat(line.err.toString()).isEqualTo(PROMPT + " ");
            assertThat(line.out.toString()).contains(device);
            assertNowhere(anna);

            assertThat(run("  " + number + "\r\n", false, "find", "-o", "json")).isZero();
            assertThat(line.err.toString()).as("a program is not asked").isEmpty();
            var found = JsonMapper.shared().readTree(line.out.toString());
            assertThat(found.path(0).path("deviceId").asString()).isEqualTo(device);
            assertNowhere(anna);

            assertThat(run(gateway.newNumber().e164(), false, "find"))
                    .as("nothing is held")
                    .isEqualTo(1);
            assertThat(line.err.toString()).contains("nothing is held about this number");
            assertThat(run(number + "x", false, "find")).isEqualTo(1);
            assertNowhere(anna);

            assertThat(run("", false, "show", device)).isZero();
            assertThat(line.out.toString()).contains(device, "here");
            assertThat(run("", false, "export", device, "--reason", "request 12"))
                    .isZero();
            var export = JsonMapper.shared().readTree(line.out.toString());
            assertThat(export.at("/activation/deviceId").asString()).isEqualTo(device);
            assertThat(line.err.toString()).isEmpty();
            assertNowhere(anna);

            assertThat(run("", false, "sign-out", device)).isZero();
            assertThat(line.out.toString()).startsWith("signed out");
            assertThat(anna.peer().skipTo(GatewayFrame.Goodbye.class).reason()).isEqualTo(Reason.SIGNED_OUT);
            assertThat(run("", false, "sign-out", device, "-o", "json")).isZero();
            assertThat(JsonMapper.shared()
                            .readTree(line.out.toString())
                            .path("signedOut")
                            .asBoolean())
                    .isFalse();

            assertThat(run("", false, "erase", device, "--reason", "request 12"))
                    .isZero();
            assertThat(line.out.toString()).startsWith("assent erasure");
            assertThat(run(number, false, "find")).isEqualTo(1);
            assertThat(run("", false, "export", device, "--reason", "request 13"))
                    .as("nothing is held any more")
                    .isEqualTo(1);
            assertThat(line.out.toString()).isEmpty();
        }
    }

    private void assertNowhere(RawPhone phone) throws Exception {
        byte[] said = (line.out.toString() + line.err).getBytes(StandardCharsets.UTF_8);
        assertThat(Spellings.of(phone.number).in(said)).isEmpty();
    }

    @Test
    void withoutANumberTheCommandSaysWhatIsExpectedAndAsksNobody() {
        assertThat(run("", false, "find")).isEqualTo(2);
        assertThat(line.err.toString()).contains("expected one such as");
        assertThat(run("\n", true, "find")).isEqualTo(2);
    }
}
