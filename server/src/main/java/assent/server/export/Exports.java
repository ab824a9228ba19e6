package assent.server.export;

import assent.protocol.DeviceId;
import assent.protocol.Reason;
import assent.server.delivery.Link;
import assent.server.store.Answer;
import assent.server.store.Awaiting;
import assent.server.store.StoreException;
import assent.server.store.StoreReads;
import java.io.IOException;
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

    /// Takes the text of an export, page by page.
    @FunctionalInterface
    public interface Sink {
        /// @param utf8 some of the text; a character may end in the next page
        void page(byte[] utf8) throws IOException;
    }

    /// Writes what is held about a device, as an operator may see it. Blocks: it is for operators' requests. Bounded by
    /// how many of those there may be; it does not count against the user's own exports.
    ///
    /// @throws StoreException if the store cannot be read
    /// @throws IOException if the sink takes no more, or the device is gone meanwhile
    public void write(DeviceId device, Sink sink) throws StoreException, IOException {
        Optional<ExportPlace> next = Optional.of(new ExportPlace.Beginning());
        while (next.isPresent()) {
            ExportPlace place = next.get();
            ExportPage page = Awaiting.read(
                            reads,
                            store -> new ExportDocument(store.exports(), device, Audience.OPERATOR)
                                    .page(place, clock.instant()))
                    .orElseThrow(() -> new IOException("nothing is held about the device any more"));
            sink.page(page.utf8().borrow());
            next = page.next();
        }
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
        reads.read(
                store -> new ExportDocument(store.exports(), device, Audience.USER).page(place, clock.instant()),
                replyOn,
                reply);
    }
}
