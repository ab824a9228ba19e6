package assent.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class DemoCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new CommandLine(new DemoCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void helpShowsEveryOptionAndExamples() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "--texts",
                        "--count",
                        "--json",
                        "--kill",
                        "--seed",
                        "--data",
                        "--keep",
                        "--locale",
                        "--web",
                        "--web-port")
                .contains("Exit codes:", "Examples:");
    }

    @ParameterizedTest
    @CsvSource({
        "--count=0, --count is 0; expected 1 to",
        "--count=many, 'many' is not a long",
        "--kill=-1, --kill is -1; expected 0 to",
        "--texts=/no/such/file, which is no file that can be read",
        "--texts=/, which is no file that can be read",
        "--web-port=70000, --web-port is 70000; expected 0 to",
        "--web --count=5, --web is for a demo with somebody there",
        "--no-web --json, --no-web is for a demo with somebody there",
        "--colour, Unknown option: '--colour'",
    })
    void aWrongOptionIsRefusedInWordsAndNothingIsStarted(String option, String words) {
        assertThat(run(option.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).contains(words);
    }

    @Test
    void withoutItsLauncherItSaysHowToStartIt() {
        assertThat(run("--count=1")).isEqualTo(1);
        assertThat(err.toString()).contains("start the demo with client-sim/bin/demo");
    }
}
