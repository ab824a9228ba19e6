package assent.sim.demo;

import java.nio.file.Path;

/// The stage's gateway, which may die and be started again on the same port and data. Thread-safe.
final class GatewayKeeper {
    private static final int START_TRIES_MAX = 5;

    private final int port;
    private volatile boolean startsNoMore;
    private final GatewaySetup setup; // guarded by this
    private GatewayProcess process; // guarded by this

    private GatewayKeeper(GatewaySetup setup, GatewayProcess process) {
        this.setup = setup;
        this.process = process;
        this.port = process.listening().port();
    }

    /// Starts it on any free port. Blocks.
    static GatewayKeeper start(GatewaySetup setup) throws InterruptedException {
        return new GatewayKeeper(setup, GatewayProcess.start(setup, 0));
    }

    synchronized GatewayProcess now() {
        return process;
    }

    synchronized Path log() {
        return setup.log();
    }

    /// SIGKILL. Returns when the process is gone.
    synchronized void kill() throws InterruptedException {
        process.kill();
    }

    /// SIGTERM.
    ///
    /// @return whether it stopped cleanly
    synchronized boolean stop() {
        return process.stop();
    }

    /// Starts it again after it has ended. Blocks. Does nothing after [#startNoMore].
    synchronized void startAgain() throws InterruptedException {
        for (int tries = 1; !startsNoMore; tries++) {
            try {
                process = GatewayProcess.start(setup, port);
                return;
            } catch (DemoFailure e) {
                // Its port may just have been lent to an outgoing connection, for a moment.
                if (tries == START_TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    /// Starts it again after it has ended, or says at once that it does not start. Blocks.
    ///
    /// @throws DemoFailure with its last words
    synchronized void startOnce() throws InterruptedException {
        process = GatewayProcess.start(setup, port);
    }

    /// The end is near: a start that fails from now on is not tried again.
    void startNoMore() {
        startsNoMore = true;
    }
}
