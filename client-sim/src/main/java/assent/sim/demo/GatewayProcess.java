package assent.sim.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
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
/// of its [Setup]. Thread-safe.
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

    /// What a gateway is started with. Immutable; printing hides the carrier's password.
    ///
    /// @param home the project's folder
    /// @param data the gateway's data folder, which exists
    record Setup(Path home, Path data, int carrierPort, String serviceNumber, String carrierPassword, Extras extras) {
        Path log() {
            return extras.log().orElse(data.resolve("gateway.log"));
        }

        Setup with(Extras others) {
            return new Setup(home, data, carrierPort, serviceNumber, carrierPassword, others);
        }

        private List<String> command(int port) {
            var command = new ArrayList<>(List.of(
                    home.resolve("server/bin/gateway").toString(),
                    "serve",
                    "--output=json",
                    "--listen-host=127.0.0.1",
                    "--listen-port=" + port,
                    "--data-folder=" + data,
                    "--carrier-host=127.0.0.1",
                    "--carrier-port=" + carrierPort,
                    "--carrier-service-number=" + serviceNumber));
            command.addAll(extras.flags());
            return command;
        }

        @Override
        public String toString() {
            return "Setup[" + data + "]";
        }
    }

    /// Starts a gateway; it listens when this returns. Blocks.
    ///
    /// @param port 0 takes any free one
    /// @throws DemoFailure if it does not come up
    static GatewayProcess start(Setup setup, int port) throws InterruptedException {
        Process process = launch(setup, port);
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
        }
    }

    private static Process launch(Setup setup, int port) {
        var builder = new ProcessBuilder(setup.command(port))
                .directory(setup.data().toFile()) // where no other configuration file is found
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(Redirect.appendTo(setup.log().toFile()));
        // Settings for the user's own gateway are not the demo's.
        builder.environment().keySet().removeIf(name -> name.startsWith("ASSENT_"));
        builder.environment().put("ASSENT_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ASSENT_CARRIER_PASSWORD", setup.carrierPassword());
        builder.environment().putAll(setup.extras().environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new DemoFailure(
                    "the gateway's launcher cannot be started: " + e.getMessage()
                            + ". Expected it in server/bin of the project's folder",
                    e);
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
