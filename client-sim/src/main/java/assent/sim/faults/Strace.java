package assent.sim.faults;

import assent.sim.demo.DemoFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// strace, attached to a gateway, which makes its syncs fail or wait. Thread-safe.
final class Strace implements AutoCloseable {
    private static final long END_SECONDS_MAX = 10;

    private final Process process;

    private Strace(Process process) {
        this.process = process;
    }

    /// Why it cannot be used here, if it cannot.
    static Optional<String> missing() {
        if (!Tool.isThere("strace")) {
            return Optional.of("it needs strace, which is not on PATH (Debian package strace)");
        }
        return Tool.isRoot()
                ? Optional.empty()
                : Optional.of("it needs root, to attach strace to the gateway (kernel.yama.ptrace_scope)");
    }

    /// Attaches to a process and its threads; it has done so when this returns.
    ///
    /// @param injection such as `error=EIO`
    static Strace attach(long pid, String injection) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(
                            "strace",
                            "-f",
                            "-o",
                            "/dev/null",
                            "-e",
                            "trace=fdatasync,fsync",
                            "-e",
                            "inject=fdatasync,fsync:" + injection,
                            "-p",
                            Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            String line = said.readLine();
            if (line == null || !line.contains("attached")) {
                process.destroyForcibly();
                throw new DemoFailure("strace could not attach to the gateway: " + line);
            }
            Thread.ofPlatform().daemon().name("strace-output").start(() -> readOn(said));
            return new Strace(process);
        } catch (IOException e) {
            throw new DemoFailure("strace cannot be run: " + e.getMessage(), e);
        }
    }

    private static void readOn(BufferedReader said) {
        try {
            while (said.readLine() != null) {
                // It must never wait for a reader.
            }
        } catch (IOException e) {
            // It has ended.
        }
    }

    /// Detaches; the process goes on without it.
    @Override
    public void close() {
        process.destroy(); // SIGTERM lets go of the threads, SIGKILL would too, but less gently
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
