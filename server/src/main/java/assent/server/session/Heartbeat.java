package assent.server.session;

import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import java.time.Duration;

/// Finds devices that are gone or do not read, with one timer for each of both. Confined to its
/// connection's event loop.
final class Heartbeat {
    private static final int SILENT_BEATS_MAX = 3;

    private final Connection connection;
    private final SessionTimes times;
    private final Pulse pulse;
    private long heardAtNanos;
    private long pings;
    private boolean stalled;
    private long stalledSinceNanos;
    private boolean stallTimerRuns;
    private boolean stopped;

    /// What the session is told.
    interface Pulse {
        /// The device is there, at a beat.
        void beat();

        /// The device is gone, or does not read. Told once.
        void gone(Reason reason);
    }

    Heartbeat(Connection connection, SessionTimes times, Pulse pulse) {
        this.connection = connection;
        this.times = times;
        this.pulse = pulse;
    }

    void start() {
        heard();
        connection.schedule(times.heartbeat(), this::beat);
    }

    void heard() {
        heardAtNanos = connection.nanoTime();
    }

    void stop() {
        stopped = true;
    }

    private void beat() {
        if (stopped) {
            return;
        }
        long silentNanos = connection.nanoTime() - heardAtNanos;
        long beatNanos = times.heartbeat().toNanos();
        long silentBeats = silentNanos / beatNanos;
        if (silentBeats >= SILENT_BEATS_MAX) {
            pulse.gone(Reason.HEARTBEAT_MISSED);
            return;
        }
        if (silentBeats > 0) {
            connection.send(new GatewayFrame.Ping(++pings));
        }
        pulse.beat();
        // Counted from the last sign of life, so that a device is gone after three silent heartbeats and not in the
        // fourth.
        connection.schedule(Duration.ofNanos((silentBeats + 1) * beatNanos - silentNanos), this::beat);
    }

    /// The device takes what is sent to it, or does not, from now on. It is gone only if it takes
    /// nothing for the whole time: a look at each beat would find a busy device in a short stall
    /// and give it up.
    void takes(boolean writable) {
        stalled = !writable;
        if (stalled) {
            stalledSinceNanos = connection.nanoTime();
            awaitStall(times.writeStall());
        }
    }

    /// One timer, however often the device stalls.
    private void awaitStall(Duration delay) {
        if (!stallTimerRuns) {
            stallTimerRuns = true;
            connection.schedule(delay, this::stallIsDue);
        }
    }

    private void stallIsDue() {
        stallTimerRuns = false;
        if (stopped || !stalled) {
            return;
        }
        Duration left = times.writeStall().minusNanos(connection.nanoTime() - stalledSinceNanos);
        if (left.isPositive()) {
            awaitStall(left);
        } else {
            pulse.gone(Reason.TOO_SLOW);
        }
    }
}
