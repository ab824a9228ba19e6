package assent.sim.demo;

import assent.protocol.MessageId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether the texts of one direction are shown in the order in which they were sent.
///
/// That is promised for texts whose sender heard `DELIVERED` or `QUEUED`, and many are shown before their sender has
/// heard anything. So texts are taken as they are shown, and judged as soon as the outcome of each is known. One that
/// was refused or fell back has no place in the order: neither is it late, nor is another late because of it.
///
/// It holds what was shown behind the oldest text without an outcome. Confined to whoever has it locked.
final class Order {
    private final Tally tally;
    private final ArrayDeque<Shown> undecided = new ArrayDeque<>();
    private final Map<MessageId, Shown> withoutOutcome = new HashMap<>();
    private @Nullable Shown last;

    /// How a text came.
    ///
    /// @param index counts the texts of the direction as they were sent
    /// @param promised whether its sender had heard that it arrives
    /// @param after the time since it was sent
    /// @param connectionThen of the receiver when it was sent
    /// @param place of the receiver when it was shown
    record Coming(long index, boolean promised, Duration after, int connectionThen, FallBacks.Place place) {
        @Override
        public String toString() {
            return "text " + index + " (shown " + after.toMillis() + " ms after it was sent, its sender "
                    + (promised ? "had its outcome" : "had no outcome yet") + "; receiver on connection "
                    + connectionThen + " then, " + place.connection() + " of " + place.connectionsSoFar() + " now)";
        }
    }

    private static final class Shown {
        final Coming coming;
        boolean settled;
        boolean promised;

        Shown(Coming coming) {
            this.coming = coming;
        }
    }

    Order(Tally tally) {
        this.tally = tally;
    }

    /// A text is shown. If its sender has not heard of it, [#settled] follows.
    void shown(MessageId messageId, Coming coming) {
        var shown = new Shown(coming);
        undecided.add(shown);
        if (coming.promised()) {
            settle(shown, true);
        } else {
            withoutOutcome.put(messageId, shown);
        }
    }

    /// The sender has the outcome of a text, which was shown before, or is not yet.
    void settled(MessageId messageId, boolean promised) {
        Shown shown = withoutOutcome.remove(messageId);
        if (shown != null) {
            settle(shown, promised);
        }
    }

    private void settle(Shown shown, boolean promised) {
        shown.settled = true;
        shown.promised = promised;
        while (!undecided.isEmpty() && undecided.getFirst().settled) {
            judge(undecided.removeFirst());
        }
    }

    private void judge(Shown next) {
        if (!next.promised) {
            return;
        }
        Shown before = last;
        if (before != null && next.coming.index() < before.coming.index()) {
            tally.outOfOrder(next.coming + " after " + before.coming);
        } else {
            last = next;
        }
    }
}
