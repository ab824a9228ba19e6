package assent.server.export;

import assent.protocol.DeviceId;
import assent.protocol.Reason;
import assent.server.delivery.Link;
import assent.server.store.Answer;
import assent.server.store.StoreReads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Which devices have exports, and when each had its last. Thread-safe; never blocks for long.
public final class Exports {
    /// Exports that go on at once. Each holds one page in memory, which at worst has about half a
    /// megabyte; a further one is refused, retry helps.
    static final int AT_ONCE_MAX = 32;

    /// From the beginning of one export of a device to that of its next.
    static final Duration EVERY = Duration.ofMinutes(1);

    /// Devices that had an export within [#EVERY]; a further one is refused, retry helps.
    static final int REMEMBERED_MAX = 10_000;

    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(2);

    private final StoreReads reads;
    private final Clock clock;

    /// When each device's last export began, oldest first.
    private final Map<DeviceId, Instant> begun = new LinkedHashMap<>();

    private int running;

    public Exports(StoreReads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /// Why an export is not made now.
    record Refusal(Reason reason, Duration retryAfter) {}

    /// The exports of one session; confined to its link's event loop.
    public Exporting of(DeviceId device, Link link) {
        return new Exporting(this, device, link);
    }

    /// Admits an export, or says why not. [#end] follows each that was admitted.
    synchronized Optional<Refusal> begin(DeviceId device) {
        Instant now = clock.instant();
        forgetOld(now);
        Instant last = begun.get(device);
        if (last != null) {
            return Optional.of(new Refusal(Reason.EXPORT_TOO_SOON, Duration.between(now, last.plus(EVERY))));
        }
        if (running >= AT_ONCE_MAX || begun.size() >= REMEMBERED_MAX) {
            return Optional.of(new Refusal(Reason.EXPORT_BUSY, BUSY_RETRY_AFTER));
        }
        running++;
        begun.put(device, now);
        return Optional.empty();
    }

    /// If the clock went back, nobody waits for longer than [#EVERY].
    private void forgetOld(Instant now) {
        begun.values().removeIf(at -> !now.isBefore(at.plus(EVERY)) || at.isAfter(now));
    }

    /// An export is over.
    ///
    /// @param done false: it failed through no fault of the device's, which may ask again
    synchronized void end(DeviceId device, boolean done) {
        running--;
        if (!done) {
            begun.remove(device);
        }
    }

    void read(DeviceId device, ExportPlace place, Executor replyOn, Consumer<Answer<Optional<ExportPage>>> reply) {
        reads.read(store -> new ExportDocument(store.exports(), device).page(place, clock.instant()), replyOn, reply);
    }
}
