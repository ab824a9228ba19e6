package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.doctor.Doctor;
import assent.server.doctor.Examination;
import assent.server.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What `gateway doctor` tells an operator.
final class DoctorCommandTest {
    @TempDir
    private Path folder;

    private CommandLineFixture line = new CommandLineFixture(Path.of("."));

    @BeforeEach
    void inAnEmptyFolder() {
        line = new CommandLineFixture(folder);
    }

    private void finds(Callable<Finding> first, Callable<Finding> second) {
        line.doctor = new Doctor(
                List.of(new Examination("disk", first), new Examination("carrier", second)), Duration.ofSeconds(30));
    }

    @Test
    void whatIsGoodAndWhatIsAWarningIsNoFailure() {
        finds(() -> Finding.good("it is quick"), () -> Finding.warning("it is slow", "Ask the carrier"));
        assertThat(line.run("doctor")).isZero();
        assertThat(line.out.toString())
                .containsPattern("GOOD +disk +it is quick\\.")
                .containsPattern("WARNING +carrier +it is slow\\.\\R +Ask the carrier\\.");
    }

    @Test
    void whatIsBadIsAFailureAndTheOthersAreStillLookedAt() {
        finds(
                () -> {
                    throw new IOException("the disk is gone");
                },
                () -> Finding.good("it answers"));
        assertThat(line.run("doctor", "-o", "json")).isEqualTo(1);
        var answer = JsonMapper.shared().readTree(line.out.toString());
        assertThat(answer.get("good").asBoolean()).isFalse();
        assertThat(answer.at("/findings/0/verdict").asString()).isEqualTo("bad");
        assertThat(answer.at("/findings/0/what").asString()).isEqualTo("the disk is gone");
        assertThat(answer.at("/findings/1/verdict").asString()).isEqualTo("good");
    }

    @Test
    void whatDoesNotAnswerInItsTimeIsBad() {
        finds(
                () -> {
                    new CountDownLatch(1).await();
                    return Finding.good("never said");
                },
                () -> Finding.good("it answers"));
        assertThat(line.run("doctor", "--time-max", "1")).isEqualTo(1);
        assertThat(line.out.toString())
                .containsPattern("BAD +disk +no answer within 1 s")
                .contains("it answers");
    }

    @Test
    void noTimeAtAllIsRefused() {
        assertThat(line.run("doctor", "--time-max", "0")).isEqualTo(2);
        assertThat(line.err.toString()).contains("--time-max").contains("expected 1 to 86400");
    }

    @Test
    void aConfigurationThatIsWrongIsSaidBeforeAnythingIsLookedAt() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        assertThat(line.run("doctor", "--data-folder", file.toString())).isEqualTo(2);
        assertThat(line.err.toString()).contains("data.folder").contains("is a file");
        assertThat(line.out.toString()).isEmpty();
    }
}
