package assent.server.net;

import assent.protocol.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// What is counted of connections. Thread-safe; nothing personal, and every tag from a fixed set.
final class ListenerMeters {
    private final MeterRegistry registry;
    private final Counter turnedAway;
    private final Counter failed;

    ListenerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.turnedAway = Counter.builder("assent.connections.turned.away")
                .description("Connections closed at once because as many as allowed were open")
                .register(registry);
        this.failed = Counter.builder("assent.connections.failed")
                .description("Connections that ended by a failure of the gateway")
                .register(registry);
    }

    void connections(AtomicInteger count) {
        registry.gauge("assent.connections.open", count);
    }

    void countTurnedAway() {
        turnedAway.increment();
    }

    void countFailure() {
        failed.increment();
    }

    void countGoodbye(Reason reason) {
        registry.counter("assent.connections.goodbye", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
