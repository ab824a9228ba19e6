package assent.server.session;

import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import java.time.Duration;
import java.util.function.Consumer;

/// Finds devices that are gone or do not read, with one timer for each connection. Confined to its
/// connection's event loop.
final class Heartbeat {
    private static final int SILENT_BEATS_MAX = 3;

    private final Connection connection;
    private final SessionTimes times;
    private final Consumer<Reason> gone;
    private boolean heard;
    private int silentBeats;
    private Duration stalled = Duration.ZERO;
    private long pings;
    private boolean stopped;

    /// @param gone told once, with the reason
    Heartbeat(Connection connection, SessionTimes times, Consumer<Reason> gone) {
        this.connection = connection;
        this.times = times;
        this.gone = gone;
    }

    void start() {
        connection.schedule(times.heartbeat(), this::beat);
    }

    void heard() {
        heard = true;
    }

    void stop() {
        stopped = true;
    }

    private void beat() {
        if (stopped) {
            return;
        }
        silentBeats = heard ? 0 : silentBeats + 1;
        heard = false;
        stalled = connection.isWritable() ? Duration.ZERO : stalled.plus(times.heartbeat());
        if (silentBeats >= SILENT_BEATS_MAX) {
            gone.accept(Reason.HEARTBEAT_MISSED);
        } else if (stalled.compareTo(times.writeStall()) > 0) {
            gone.accept(Reason.TOO_SLOW);
        } else {
            if (silentBeats > 0) {
                connection.send(new GatewayFrame.Ping(++pings));
            }
            start();
        }
    }
}
