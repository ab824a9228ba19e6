package assent.sim.redis;

import assent.sim.process.ProcessFailure;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of a server, from its start to its end. Thread-safe.
final class RedisProcess {
    static final String HOST = "127.0.0.1";
    static final String LOG = "redis.log";

    private static final String CONFIGURATION = "redis.conf";
    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final Duration STOP_MAX = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int LOG_LINES_SHOWN = 5;

    private final Process process;
    private final int port;

    private RedisProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Somebody else was quicker.
    static final class PortTaken extends ProcessFailure {
        private static final long serialVersionUID = 1L;

        private PortTaken(String message) {
            super(message);
        }
    }

    /// Starts a server for the first time: writes its configuration. Blocks.
    static RedisProcess startFirst(RedisRun run, RedisOptions options, Path folder, int port) {
        try {
            Files.writeString(folder.resolve(CONFIGURATION), options.file(port, folder, run.password()));
        } catch (IOException e) {
            throw new ProcessFailure("the configuration of redis-server cannot be written: " + e, e);
        }
        return start(run, options, folder, port);
    }

    /// Starts a server; it answers when this returns. Blocks.
    static RedisProcess start(RedisRun run, RedisOptions options, Path folder, int port) {
        try {
            Path log = folder.resolve(LOG);
            long logBefore = Files.exists(log) ? Files.size(log) : 0;
            var builder = new ProcessBuilder(
                            run.binary(options).toString(),
                            folder.resolve(CONFIGURATION).toString())
                    .directory(folder.toFile())
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .redirectErrorStream(true);
            builder.environment().put(RedisRun.VARIABLE, run.word());
            var started = new RedisProcess(builder.start(), port);
            started.awaitAnswer(options, run.password(), log, logBefore);
            return started;
        } catch (IOException e) {
            throw new ProcessFailure("redis-server cannot be started: " + e.getMessage(), e);
        }
    }

    private void awaitAnswer(RedisOptions options, String password, Path log, long logBefore) throws IOException {
        long end = System.nanoTime() + START_MAX.toNanos();
        while (!answers(options, password)) {
            if (!process.isAlive()) {
                String said = Files.readString(log).substring((int) logBefore);
                String message = "redis-server did not start. Its last words:\n" + lastLines(said);
                throw said.contains("Address already in use") ? new PortTaken(message) : new ProcessFailure(message);
            }
            if (System.nanoTime() > end) {
                process.destroyForcibly();
                throw new ProcessFailure("redis-server did not answer within " + START_MAX.toSeconds()
                        + " s. Its last words:\n" + lastLines(Files.readString(log)));
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new ProcessFailure("the start of redis-server was interrupted", e);
            }
        }
    }

    /// Not while it still loads its data, nor if another server has the port.
    private boolean answers(RedisOptions options, String password) {
        try (RedisLine line = RedisLine.open(HOST, port, options, password)) {
            return line.ask("INFO", "server").toString().contains("process_id:" + process.pid() + "\r")
                    && line.ask("PING").equals("PONG");
        } catch (ProcessFailure e) {
            return false;
        }
    }

    private static String lastLines(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    int port() {
        return port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            throw new ProcessFailure("redis-server did not stop within " + STOP_MAX.toSeconds() + " s and was killed");
        }
    }
}
