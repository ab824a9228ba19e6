package assent.sim.redis;

import assent.sim.process.ProcessFailure;
import assent.sim.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/// One `redis-server` on a free loopback port, which may be killed, stopped, paused and started again on the
/// same port and data. Thread-safe.
///
/// All of it blocks, for a bounded time, and throws [ProcessFailure] where it does not go as it should.
public final class RedisServer implements AutoCloseable {
    private static final int START_TRIES_MAX = 5;

    private final RedisRun run;
    private final boolean ownsRun;
    private final RedisOptions options;
    private final Path folder;
    private final int port;
    private RedisProcess process; // guarded by this

    private RedisServer(RedisRun run, boolean ownsRun, RedisOptions options, Path folder, RedisProcess process) {
        this.run = run;
        this.ownsRun = ownsRun;
        this.options = options;
        this.folder = folder;
        this.port = process.port();
        this.process = process;
    }

    /// Starts a server of its own; it answers when this returns.
    public static RedisServer start(RedisOptions options) {
        RedisRun run = RedisRun.open();
        try {
            return start(run, true, options);
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    /// Starts one of several.
    static RedisServer start(RedisRun run, RedisOptions options) {
        return start(run, false, options);
    }

    private static RedisServer start(RedisRun run, boolean ownsRun, RedisOptions options) {
        Path folder = run.serverFolder();
        for (int tries = 1; ; tries++) {
            try {
                return new RedisServer(
                        run, ownsRun, options, folder, RedisProcess.startFirst(run, options, folder, Ports.free()));
            } catch (RedisProcess.PortTaken e) {
                if (tries == START_TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    public String host() {
        return RedisProcess.HOST;
    }

    public int port() {
        return port;
    }

    /// `host:port`
    public String address() {
        return host() + ":" + port;
    }

    public RedisOptions options() {
        return options;
    }

    /// Where its data and its log are.
    public Path folder() {
        return folder;
    }

    public synchronized boolean isAlive() {
        return process.handle().isAlive();
    }

    public synchronized ProcessHandle handle() {
        return process.handle();
    }

    /// A connection that may do everything. The caller closes it.
    public RedisLine line() {
        return RedisLine.open(host(), port, options, run.password());
    }

    /// Asks on a connection made for it; see [RedisLine#ask].
    public Object ask(String... words) {
        try (RedisLine line = line()) {
            return line.ask(words);
        }
    }

    /// A section of `INFO`, such as `replication`.
    public Map<String, String> info(String section) {
        return ask("INFO", section)
                .toString()
                .lines()
                .filter(line -> line.contains(":"))
                .map(line -> line.split(":", 2))
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1].strip()));
    }

    public boolean isPrimary() {
        return "master".equals(info("replication").get("role"));
    }

    /// SIGKILL: no last word, nothing is saved. Returns when the process is gone.
    public synchronized void kill() throws InterruptedException {
        process.kill();
    }

    /// SIGTERM: it saves what it is set up to save. Returns when the process is gone.
    public synchronized void stop() throws InterruptedException {
        process.stop();
    }

    /// SIGSTOP: it stands still, and its connections stay.
    public void pause() throws InterruptedException {
        Tool.signal("STOP", handle().pid());
    }

    /// SIGCONT, after [#pause].
    public void resume() throws InterruptedException {
        Tool.signal("CONT", handle().pid());
    }

    /// Starts it after it has ended, on the same port and data. In a cluster it comes back as what it then is.
    public synchronized void startAgain() {
        if (!process.handle().isAlive()) {
            process = RedisProcess.start(run, options, folder, port);
        }
    }

    /// What it is told is written to the configuration that it starts with next time.
    void remember() {
        ask("CONFIG", "REWRITE");
    }

    /// What it has said.
    public String log() {
        try {
            return Files.readString(folder.resolve(RedisProcess.LOG));
        } catch (IOException e) {
            throw new ProcessFailure("the log of Redis cannot be read: " + e, e);
        }
    }

    /// Kills it and removes its data.
    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ownsRun) {
            run.close();
        }
    }

    @Override
    public String toString() {
        return "RedisServer[" + address() + "]";
    }
}
