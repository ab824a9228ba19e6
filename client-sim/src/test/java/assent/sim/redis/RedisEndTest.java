package assent.sim.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// However the program ends that started a server, the server and its data end with it.
class RedisEndTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aProgramThatIsKilledLeavesNoServerAndNoData() throws Exception {
        assumeThat(Path.of("/proc/self/environ")).exists();
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProgramToKill.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        try (var said = program.inputReader()) {
            ProcessHandle server =
                    ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            Path folder = Path.of(said.readLine());
            assertThat(folder).exists();

            program.destroyForcibly(); // SIGKILL: no hook of its own runs

            await().atMost(SOON).until(() -> !server.isAlive());
            await().atMost(SOON).until(() -> !Files.exists(folder.getParent()));
        } finally {
            program.destroyForcibly();
        }
    }
}
