package assent.sim.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One gateway in a process of its own, started as an operator starts it. What it says goes to the log
/// of its [GatewaySetup]. Thread-safe.
public final class GatewayProcess {
    /// Longest wait for a gateway to listen; then it is ended, and the start has failed.
    private static final Duration START_MAX = Duration.ofSeconds(60);

    /// Longest wait for a gateway to stop cleanly; then it is killed.
    private static final Duration STOP_MAX = Duration.ofSeconds(12);

    private static final int LOG_LINES_SHOWN = 5;

    private final Process process;
    private final Listening listening;

    private GatewayProcess(Process process, Listening listening) {
        this.process = process;
        this.listening = listening;
    }

    /// What else a gateway is started with. Immutable.
    ///
    /// @param flags for `gateway serve`
    /// @param environment variables of its process
    /// @param log where it writes what it says; without it, into its data folder
    public record Extras(List<String> flags, Map<String, String> environment, Optional<Path> log) {
        public static Extras none() {
            return new Extras(List.of(), Map.of(), Optional.empty());
        }
    }

    /// Starts a gateway; it listens when this returns. Blocks.
    ///
    /// @param port 0 takes any free one
    /// @throws DemoFailure if it does not come up
    static GatewayProcess start(GatewaySetup setup, int port) throws InterruptedException {
        Process process = setup.launch(port);
        // Nobody else knows of it yet who would end it with the demo.
        Thread guard = new Thread(process::destroyForcibly, "gateway-guard");
        Runtime.getRuntime().addShutdownHook(guard);
        try {
            Optional<Listening> listening = firstLine(process)
                    .get(START_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .flatMap(Listening::parse);
            if (listening.isPresent()) {
                return new GatewayProcess(process, listening.get());
            }
            throw new DemoFailure("the gateway did not start. Its last words: " + lastWords(setup.log()));
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
            throw new DemoFailure(
                    "the gateway did not listen within " + START_MAX.toSeconds() + " s. Its last words: "
                            + lastWords(setup.log()),
                    e);
        } catch (InterruptedException | DemoFailure e) {
            process.destroyForcibly();
            throw e;
        } finally {
            dismiss(guard);
        }
    }

    private static void dismiss(Thread guard) {
        try {
            Runtime.getRuntime().removeShutdownHook(guard);
        } catch (IllegalStateException e) {
            // The demo is ending, and the guard does its work.
        }
    }

    /// Reads on to the end, so that the gateway never waits for a reader.
    private static CompletableFuture<Optional<String>> firstLine(Process process) {
        var first = new CompletableFuture<Optional<String>>();
        Thread.ofPlatform().daemon().name("gateway-output").start(() -> {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                String line;
                while ((line = lines.readLine()) != null) {
                    first.complete(Optional.of(line));
                }
            } catch (IOException e) {
                // The process is gone.
            }
            first.complete(Optional.empty());
        });
        return first;
    }

    private static String lastWords(Path log) {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(log));
            return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "none";
        }
    }

    public Listening listening() {
        return listening;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// The process, to do things to it that a gateway does not expect.
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /// SIGKILL: no last word, no clean-up. Returns when the process is gone.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Waits for its end.
    ///
    /// @return its exit code, or empty if it still runs
    public Optional<Integer> await(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.of(process.exitValue())
                : Optional.empty();
    }

    /// SIGTERM, and waits for the clean stop.
    ///
    /// @return whether it stopped by itself, with exit code 0
    boolean stop() {
        process.destroy();
        try {
            if (process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue() == 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }
}
