package assent.sim.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However a harness ends, its gateways end with it.
class UndertakingTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path temp = Path.of("");

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aHarnessThatIsKilledLeavesNoGatewayAndNoFolder() throws Exception {
        assumeThat(Path.of("/proc/self/environ")).exists();
        Path folder = Files.createDirectory(temp.resolve("run"));
        Files.writeString(folder.resolve("library.so"), "left by a gateway");
        Harness harness = harness(folder);
        Harness another = harness(Files.createDirectory(temp.resolve("another run")));

        harness.process().destroyForcibly(); // SIGKILL: no hook of its own runs

        await().atMost(SOON).until(() -> !harness.gateway().isAlive());
        await().atMost(SOON).until(() -> !Files.exists(folder));
        assertThat(another.gateway().isAlive()).isTrue();
    }

    @Test
    void aHarnessThatIsAskedToStopLeavesNoGateway() throws Exception {
        Harness harness = harness(Files.createDirectory(temp.resolve("run")));

        harness.process().destroy(); // SIGTERM

        await().atMost(SOON).until(() -> !harness.gateway().isAlive());
    }

    private record Harness(Process process, ProcessHandle gateway) {}

    private Harness harness(Path folder) throws Exception {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HarnessToKill.class.getName())
                .redirectError(Redirect.INHERIT);
        builder.environment().put("FAULTS_RUN", UUID.randomUUID().toString());
        builder.environment().put("FAULTS_FOLDER", folder.toString());
        Process process = builder.start();
        started.add(process.toHandle());
        long pid = Long.parseLong(process.inputReader().readLine());
        ProcessHandle gateway = ProcessHandle.of(pid).orElseThrow();
        started.add(gateway);
        return new Harness(process, gateway);
    }
}
