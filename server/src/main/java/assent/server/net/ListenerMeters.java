package assent.server.net;

import assent.protocol.Reason;
import assent.server.meters.CountersBy;
import assent.server.meters.Times;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What is counted of connections. Thread-safe; nothing personal, and every tag from a fixed set.
final class ListenerMeters {
    private final MeterRegistry registry;
    private final Counter accepted;
    private final CountersBy<Reason> goodbyes;
    private final Timer loopLag;
    private final Counter turnedAway;
    private final Counter failed;

    ListenerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.accepted = Counter.builder("assent.connections.accepted")
                .description("Connections taken, TLS not counted yet")
                .register(registry);
        this.goodbyes = new CountersBy<>(
                registry,
                "assent.connections.goodbye",
                "Connections that the gateway ended, by what it said",
                "reason",
                Reason.class);
        this.loopLag = Times.timer(
                registry, "assent.loop.lag", "How late a task of an event loop began; looked at once a second");
        Gauge.builder("assent.memory.direct", ListenerMeters::directBytes)
                .description("Memory outside the heap that network buffers have taken")
                .baseUnit("bytes")
                .register(registry);
        this.turnedAway = Counter.builder("assent.connections.turned.away")
                .description("Connections closed at once because as many as allowed were open")
                .register(registry);
        this.failed = Counter.builder("assent.connections.failed")
                .description("Connections that ended by a failure of the gateway")
                .register(registry);
    }

    void connections(AtomicInteger count) {
        Gauge.builder("assent.connections.open", count, AtomicInteger::get)
                .description("Connections open now")
                .register(registry);
    }

    void resumptions(ConnectionPipeline pipeline) {
        FunctionCounter.builder("assent.connections.resumed", pipeline, ConnectionPipeline::resumptions)
                .description("Connections that resumed an earlier TLS session")
                .register(registry);
    }

    private static double directBytes() {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator
                ? allocator.metric().usedDirectMemory()
                : Double.NaN;
    }

    void countAccepted() {
        accepted.increment();
    }

    void loopLag(long nanos) {
        loopLag.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    void countTurnedAway() {
        turnedAway.increment();
    }

    void countFailure() {
        failed.increment();
    }

    void countGoodbye(Reason reason) {
        goodbyes.count(reason);
    }
}
