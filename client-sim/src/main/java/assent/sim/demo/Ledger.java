package assent.sim.demo;

import assent.device.SendOutcome;
import assent.protocol.Body;
import assent.protocol.MessageId;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What one direction has under way, and the check of each text that is shown against it. It remembers
/// little else, so its memory is bounded by what is under way and by what was refused.
///
/// Confined to whoever has it locked.
final class Ledger {
    private static final long LATENCY_MICROS_MAX = Duration.ofMinutes(10).toNanos() / 1_000;
    private static final int LATENCY_DIGITS = 3;

    private final Map<MessageId, UnderWay> unshown = new LinkedHashMap<>();
    /// As many as were refused in the whole run.
    private final Set<MessageId> unpromised = new HashSet<>();
    private final Histogram latencyMicros = noLatencies();
    private final Tally tally = new Tally();
    private final FallBacks fallBacks;
    private final Order order;
    private long unshownBytes;
    private int unsettled;

    /// A text that was sent and not shown yet.
    ///
    /// @param index counts the texts of the direction
    /// @param connection of the receiver when it was sent
    /// @param promised whether its sender has heard that it arrives
    private record UnderWay(long index, Body body, long sentAtNanos, int connection, boolean promised) {
        UnderWay nowPromised() {
            return new UnderWay(index, body, sentAtNanos, connection, true);
        }
    }

    /// For texts without deadlines, or with such as nothing holds up for long.
    Ledger() {
        this(FallBackRules.STRICT);
    }

    Ledger(FallBackRules rules) {
        this.fallBacks = new FallBacks(rules, tally);
        this.order = new Order(tally);
    }

    static Histogram noLatencies() {
        return new Histogram(LATENCY_MICROS_MAX, LATENCY_DIGITS);
    }

    /// A text was sent.
    ///
    /// @param connection the receiver's, or [DemoPhone#AWAY]
    void sent(MessageId messageId, Body body, int connection, long nowNanos) {
        unshown.put(messageId, new UnderWay(tally.sent, body, nowNanos, connection, false));
        unshownBytes += body.length();
        unsettled++;
        tally.sent++;
    }

    /// The text that was just sent falls back if it is not delivered in time.
    void hasDeadline(MessageId messageId, FallBacks.Sending sending) {
        fallBacks.sent(messageId, sending);
    }

    /// The sender has the text's result.
    ///
    /// @param connection where the receiver is now
    /// @param now when, and on which of the sender's connections
    void settled(MessageId messageId, SendOutcome outcome, FallBacks.Place connection, FallBacks.Sending now) {
        unsettled--;
        fallBacks.settled(messageId, outcome, connection, now);
        boolean promised = switch (outcome) {
            case SendOutcome.Delivered() -> {
                tally.outcomeDelivered++;
                yield true;
            }
            case SendOutcome.Queued() -> {
                tally.outcomeQueued++;
                yield true;
            }
            case SendOutcome.FallBack _ -> {
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
        order.settled(messageId, promised);
        if (promised) {
            unshown.computeIfPresent(messageId, (_, text) -> text.nowPromised());
        } else if (outcome instanceof SendOutcome.FallBack) {
            take(messageId);
        } else if (take(messageId) == null) {
            tally.shownUnpromised++;
        } else {
            unpromised.add(messageId);
        }
    }

    /// The receiver's phone shows a text.
    ///
    /// @param place of the receiver
    void shown(MessageId messageId, Body body, FallBacks.Place place, long nowNanos) {
        UnderWay expected = take(messageId);
        if (expected == null) {
            if (fallBacks.shownLate(messageId, place, nowNanos)) {
                return;
            }
            if (unpromised.remove(messageId)) {
                tally.shownUnpromised++;
            } else {
                tally.duplicates++; // shown before, or never sent
            }
            return;
        }
        fallBacks.shown(messageId, place, nowNanos);
        tally.delivered++;
        order.shown(
                messageId,
                new Order.Coming(
                        expected.index(),
                        expected.promised(),
                        Duration.ofNanos(nowNanos - expected.sentAtNanos()),
                        expected.connection(),
                        place));
        if (expected.body().equals(body)) {
            tally.byteExact++;
        }
        if (place.connection() != DemoPhone.AWAY && expected.connection() == place.connection()) {
            latencyMicros.recordValue(Math.clamp((nowNanos - expected.sentAtNanos()) / 1_000, 0, LATENCY_MICROS_MAX));
        }
    }

    private @Nullable UnderWay take(MessageId messageId) {
        UnderWay removed = unshown.remove(messageId);
        if (removed != null) {
            unshownBytes -= removed.body().length();
        }
        return removed;
    }

    /// Whether one more text may be under way.
    boolean hasRoom(DemoLimits limits) {
        return unsettled < limits.unsettledMax()
                && unshown.size() < limits.unshownMax()
                && unshownBytes < limits.unshownBytesMax();
    }

    /// Whether every text has its result.
    boolean isSettled() {
        return unsettled == 0;
    }

    /// Texts that are not shown and may still be: promised, or without a result.
    List<MessageId> unshown() {
        return List.copyOf(unshown.keySet());
    }

    boolean isAllShown() {
        return unshown.isEmpty();
    }

    Tally tally() {
        return tally;
    }

    /// Of texts during whose whole way the receiver was connected.
    Histogram latencyMicros() {
        return latencyMicros;
    }
}
