package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What SIGTERM and SIGHUP do to a real process.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SignalsTest {
    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void theFirstSignalClosesTheGatewayAndEndsWithZero() throws Exception {
        Process process = serve("-Dslow=false");
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).contains("\"event\":\"listening\"");
        terminate(process);
        assertThat(out.readLine()).isEqualTo("closing");
        assertThat(out.readLine()).isEqualTo("closed");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void theSecondSignalEndsTheProcessAtOnce() throws Exception {
        Process process = serve("-Dslow=true");
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).contains("listening");
        terminate(process);
        assertThat(out.readLine()).isEqualTo("closing");
        terminate(process);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    @Test
    void theHangUpSignalHasTheConfigurationReadAgain() throws Exception {
        assumeFalse(isHangUpIgnored(), "started by nohup, and so are its children: they cannot hear SIGHUP");
        Process process = serve("-Dslow=false");
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).contains("listening");
        signal(process, "HUP");
        assertThat(out.readLine()).isEqualTo("taking");
        terminate(process);
        assertThat(out.readLine()).isEqualTo("closing");
    }

    private static boolean isHangUpIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(
                                        line.substring("SigIgn:".length()).strip(), 16)
                                & 1)
                        != 0);
    }

    private static void terminate(Process process) throws Exception {
        signal(process, "TERM");
    }

    private static void signal(Process process, String name) throws Exception {
        // Process.destroy() would also close the stream to read from.
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private Process serve(String property) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        property,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeGateway.class.getName(),
                        "serve",
                        "-o",
                        "json",
                        "--listen-shutdown-timeout=10m",
                        "--data-folder=" + folder.resolve("data"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process;
    }
}
