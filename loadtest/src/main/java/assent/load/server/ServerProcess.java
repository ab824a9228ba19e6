package assent.load.server;

import assent.load.driver.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server in a process of its own. Ended with this object, and with the load test at the latest.
/// Thread-safe.
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofSeconds(12);
    private static final int LOG_LINES_SHOWN = 8;

    private final String name;
    private final Process process;
    private final Path log;
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        Thread.ofPlatform().daemon().name(name + "-output").start(this::read);
    }

    /// @param log where what it says on standard error goes; emptied first
    /// @param ending sees to it that it does not outlive the run
    static ServerProcess start(
            String name, List<String> command, Map<String, String> environment, Path log, Ending ending) {
        var builder = new ProcessBuilder(command).redirectError(Redirect.to(log.toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith("ASSENT_") || key.equals("JAVA_OPTS"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            ending.own(process);
            return new ServerProcess(name, process, log);
        } catch (IOException e) {
            throw new LoadFailure("the " + name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /// Reads on to the end, so that the server never waits for a reader.
    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                firstLine.complete(line);
            }
        } catch (IOException e) {
            // The process is gone.
        }
        firstLine.completeExceptionally(new IOException("it ended"));
    }

    /// What it says first.
    String firstLine() throws InterruptedException {
        try {
            return firstLine.get(START_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw failure("did not start");
        }
    }

    LoadFailure failure(String what) {
        return new LoadFailure("the " + name + " " + what + ". Its last words: " + lastWords());
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "none";
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// SIGTERM, and SIGKILL if that does not help.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /// A server that can be connected to.
    public record Running(ServerProcess process, Target target, AutoCloseable beside) implements AutoCloseable {
        static final AutoCloseable NOTHING = () -> {};

        public long pid() {
            return process.pid();
        }

        /// The same server, for phones that take up their earlier TLS session.
        public Running resuming() {
            return new Running(process, target.resuming(true), NOTHING);
        }

        @Override
        public void close() {
            process.close();
            try {
                beside.close();
            } catch (Exception e) {
                throw new LoadFailure("what ran beside the " + process.name() + " could not be ended: " + e, e);
            }
        }
    }
}
