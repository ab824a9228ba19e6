package assent.sim.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class PhoneCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new CommandLine(new PhoneCommand())
                .setOverwrittenOptionsAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void helpShowsEveryOptionAndExamples() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "--number", "--gateway", "--certificate", "--fingerprint", "--carrier", "--folder", "--locale")
                .contains("Exit codes:", "Examples:");
    }

    @ParameterizedTest
    @CsvSource({
        "--number=12345, '--number: not a phone number: expected E.164'",
        "--gateway=nowhere, 'expected HOST:PORT'",
        "--gateway=host:0, 'expected HOST:PORT'",
        "--gateway=host:70000, 'expected HOST:PORT'",
        "--fingerprint=abc, '64 hexadecimal digits'",
        "--certificate=/no/such/file, 'which cannot be read'",
        "--locale=, 'is no locale'",
    })
    void aWrongOptionIsRefusedInWords(String option, String words) {
        assertThat(run("--number=+919810012345", option)).isEqualTo(2);
        assertThat(err.toString()).contains(words);
    }

    @Test
    void aCertificateAndAFingerprintContradictEachOther() {
        assertThat(run("--number=+919810012345", "--certificate=/x", "--fingerprint=ab"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("mutually exclusive");
    }

    @Test
    void withoutANumberItSaysWhatIsMissing() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("--number");
    }
}
