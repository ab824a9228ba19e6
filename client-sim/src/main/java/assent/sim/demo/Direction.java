package assent.sim.demo;

import assent.device.ReceivedMessage;
import assent.device.SendOutcome;
import assent.device.SentMessage;
import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Texts from one phone to the other: sends them, and checks each one that is shown against those that
/// are on their way, which is all that it remembers.
///
/// Thread-safe.
public final class Direction {
    private static final long LATENCY_MICROS_MAX = Duration.ofMinutes(10).toNanos() / 1_000;
    private static final int LATENCY_DIGITS = 3;

    /// Texts that are remembered for a search in the gateway's files.
    private static final int CANARIES = 32;

    /// Shorter ones may stand in a file by chance.
    private static final int CANARY_BYTES_MIN = 24;

    private final DemoPhone from;
    private final DemoPhone to;
    private final DemoLimits limits;

    // All guarded by this.
    private long toSend;
    private boolean stopped;
    /// As many as were refused in the whole run.
    private final Set<MessageId> unpromised = new HashSet<>();
    private final Map<MessageId, UnderWay> unshown = new LinkedHashMap<>();
    private final Histogram latencyMicros = new Histogram(LATENCY_MICROS_MAX, LATENCY_DIGITS);
    private final Tally tally = new Tally();
    private final List<String> canaries = new ArrayList<>(CANARIES);
    private long lastShown = -1;
    private long unshownBytes;
    private int unsettled;

    /// A text that was sent and not shown yet.
    ///
    /// @param index counts the texts of the direction
    /// @param connection of the receiver when it was sent
    private record UnderWay(long index, Body body, long sentAtNanos, int connection) {}

    public Direction(DemoPhone from, DemoPhone to, long toSend, DemoLimits limits) {
        this.from = from;
        this.to = to;
        this.toSend = toSend;
        this.limits = limits;
    }

    synchronized long toSend() {
        return toSend;
    }

    public DemoPhone to() {
        return to;
    }

    /// Sends all texts, in order, as many at a time as may be. Blocks.
    public void sendAll(Supplier<String> texts) throws InterruptedException {
        for (long i = 0; i < toSend(); i++) {
            Body body = body(texts.get());
            rememberSome(i, body);
            Optional<SentMessage> taken = send(body);
            if (taken.isEmpty()) {
                return;
            }
            SentMessage sent = taken.get();
            var ignored = sent.outcome().thenAccept(outcome -> settled(sent.messageId(), outcome));
        }
    }

    /// Sends nothing more; what was sent still gets its outcome.
    public synchronized void stopSending() {
        stopped = true;
        toSend = tally.sent;
        notifyAll();
    }

    /// Texts that were promised and are not shown, once every text has its outcome.
    public synchronized List<MessageId> unshown() {
        return List.copyOf(unshown.keySet());
    }

    private synchronized void rememberSome(long which, Body body) {
        if (which >= canaries.size() * toSend / CANARIES && body.length() >= CANARY_BYTES_MIN) {
            canaries.add(body.toUtf8());
        }
    }

    /// Some of the texts that were sent, from all parts of the file.
    synchronized List<String> canaries() {
        return List.copyOf(canaries);
    }

    private static Body body(String text) {
        try {
            return Body.text(text);
        } catch (IllegalArgumentException e) {
            throw new DemoFailure("a text is too long: " + e.getMessage() + ". Take it out of the file", e);
        }
    }

    /// Empty if sending was stopped.
    private synchronized Optional<SentMessage> send(Body body) throws InterruptedException {
        while (!stopped
                && (unsettled >= limits.unsettledMax()
                        || unshown.size() >= limits.unshownMax()
                        || unshownBytes >= limits.unshownBytesMax())) {
            wait();
        }
        if (stopped) {
            return Optional.empty();
        }
        // Under the lock, so that the text is on the list before it can be shown.
        SentMessage sent = from.device().send(to.number(), body, new DeliveryOption.CloudOnly(Duration.ZERO));
        unshown.put(sent.messageId(), new UnderWay(tally.sent, body, System.nanoTime(), to.connection()));
        unshownBytes += body.length();
        unsettled++;
        tally.sent++;
        notifyAll();
        return Optional.of(sent);
    }

    private synchronized void settled(MessageId messageId, SendOutcome outcome) {
        unsettled--;
        boolean promised = switch (outcome) {
            case SendOutcome.Delivered() -> {
                tally.outcomeDelivered++;
                yield true;
            }
            case SendOutcome.Queued() -> {
                tally.outcomeQueued++;
                yield true;
            }
            case SendOutcome.FallBack() -> {
                tally.outcomeFallBack++;
                yield false;
            }
            case SendOutcome.Refused(var reason, var _) -> {
                tally.refused(reason);
                yield false;
            }
            case SendOutcome.NoResult _ -> {
                tally.outcomeNone++;
                yield false;
            }
        };
        if (!promised) {
            forget(messageId);
            unpromised.add(messageId);
        }
        notifyAll();
    }

    /// The receiver's phone shows a message.
    public synchronized void shown(ReceivedMessage message) {
        UnderWay expected = forget(message.messageId());
        if (expected == null || !message.from().equals(from.number())) {
            if (unpromised.remove(message.messageId())) {
                tally.shownUnpromised++;
            } else {
                tally.duplicates++; // shown before, or never sent
            }
            return;
        }
        tally.delivered++;
        if (expected.index() < lastShown) {
            tally.outOfOrder++;
        }
        lastShown = Math.max(lastShown, expected.index());
        if (expected.body().equals(message.body())) {
            tally.byteExact++;
        }
        if (expected.connection() != DemoPhone.AWAY && expected.connection() == to.connection()) {
            long micros = (System.nanoTime() - expected.sentAtNanos()) / 1_000;
            latencyMicros.recordValue(Math.min(LATENCY_MICROS_MAX, micros));
        }
        notifyAll();
    }

    private @Nullable UnderWay forget(MessageId messageId) {
        UnderWay removed = unshown.remove(messageId);
        if (removed != null) {
            unshownBytes -= removed.body().length();
        }
        return removed;
    }

    /// Whether every text was sent, has its outcome, and was shown if it was promised.
    public synchronized boolean isDone() {
        return tally.sent == toSend && unsettled == 0 && unshown.isEmpty();
    }

    synchronized boolean isAllSent() {
        return tally.sent == toSend;
    }

    /// Whether every text has its outcome.
    public synchronized boolean isSettled() {
        return unsettled == 0;
    }

    /// Counts so far.
    public synchronized Tally tally() {
        return tally.copy();
    }

    /// Adds the latencies of texts during whose whole way the receiver was connected.
    public synchronized void addLatenciesTo(Histogram all) {
        all.add(latencyMicros);
    }

    public static Histogram noLatencies() {
        return new Histogram(LATENCY_MICROS_MAX, LATENCY_DIGITS);
    }
}
