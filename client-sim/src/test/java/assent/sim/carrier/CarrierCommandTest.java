package assent.sim.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class CarrierCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new CommandLine(new CarrierCommand())
                .setOverwrittenOptionsAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void helpShowsEveryOptionAndExamples() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString())
                .contains("--port", "--system-id", "--password", "--delay", "--loss", "--service-number")
                .contains("ASSENT_SMPP_PASSWORD", "Examples:", "27722");
    }

    @ParameterizedTest
    @CsvSource({
        "--port=70000, 0 to 65535",
        "--delay=soon, such as 200ms",
        "--loss=2, 0 to 1",
        "--system-id=handset, choose another",
        "--service-number=x, short code",
        "--password=123456789, at most 8",
    })
    void aWrongOptionIsRefusedInWords(String option, String words) {
        assertThat(run("--password=secret", "--port=0", option)).isEqualTo(2);
        assertThat(err.toString()).contains(words);
    }

    @Test
    void withoutAPasswordItSaysHowToGiveOne() {
        assertThat(run("--password=")).isEqualTo(2);
        assertThat(err.toString()).contains("ASSENT_SMPP_PASSWORD");
    }

    @Test
    void itSaysWhereItListensAndStopsWhenTold() throws Exception {
        Process process = start("--port", "0", "--system-id", "assent");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            assertThat(line)
                    .matches("carrier: listening on 127\\.0\\.0\\.1:[0-9]+, system id assent, service number 27722");
            int port = Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:([0-9]+),.*", "$1"));
            try (Gateway gateway = Gateway.bind(port)) {
                assertThat(gateway.isBound()).isTrue();
            }

            process.toHandle().destroy(); // SIGTERM, and leaves us its output

            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(lines.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(String... args) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder =
                new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), CarrierCommand.class.getName());
        builder.command().addAll(List.of(args));
        builder.environment().put("ASSENT_SMPP_PASSWORD", Gateway.PASSWORD);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return builder.start();
    }
}
