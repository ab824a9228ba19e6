package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.config.Option;
import assent.server.config.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What `gateway check` tells an operator.
final class CheckCommandTest {
    @TempDir
    private Path folder;

    private CommandLineFixture line = new CommandLineFixture(Path.of("."));

    @BeforeEach
    void inAnEmptyFolder() {
        line = new CommandLineFixture(folder);
    }

    @Test
    void checkingShowsEveryValueWithItsOriginAndMakesNothing() {
        line.environment.put("ASSENT_CARRIER_PASSWORD", "hunter2");
        assertThat(line.run("check", "--listen-port", "1")).isZero();
        assertThat(line.out.toString())
                .containsPattern("listen\\.port +1 +--listen-port")
                .containsPattern("carrier\\.password +\\(hidden\\) +ASSENT_CARRIER_PASSWORD")
                .contains("is valid")
                .doesNotContain("hunter2");
        for (Option option : Options.all()) {
            assertThat(line.out.toString()).contains(option.path() + " ");
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(line.started).isEmpty();
    }

    @Test
    void checkingLooksAtTheFiles() throws Exception {
        Path keys = Files.createFile(
                folder.resolve("keys.txt"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        Path file = Files.writeString(folder.resolve("a-file"), "");
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "activation: {state: CLOSED}");
        int code = line.run(
                "check",
                "-o",
                "json",
                "--data-folder=" + file.resolve("data"),
                "--data-key-file=" + keys,
                "--tls-certificate=" + file,
                "--tls-key=" + file,
                "--policy-initial-file=" + policy,
                "--store-erasure-log=" + folder.resolve("not-mounted/erasures.log"),
                "--store-backup-folder=" + file.resolve("backups"));
        assertThat(code).isEqualTo(2);
        var answer = JsonMapper.shared().readTree(line.out.toString());
        assertThat(answer.get("valid").asBoolean()).isFalse();
        assertThat(answer.get("settings").size()).isEqualTo(Options.all().size());
        assertThat(answer.get("problems")
                        .valueStream()
                        .map(problem -> problem.get("option").asString()))
                .containsExactly(
                        "data.folder",
                        "data.key-file",
                        "tls.certificate",
                        "activation.state",
                        "store.erasure-log",
                        "store.backup-folder");
        assertThat(answer.toString())
                .contains("chmod 600")
                .contains("no certificate in")
                .contains("mount its disk");
    }
}
