package assent.sim.demo;

import assent.device.SendOutcome;
import assent.device.SendOutcome.FallBackCause;
import assent.protocol.MessageId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Texts with a deadline: one that fell back must not be shown afterwards, and one that is shown falls
/// back only if its sender could not know in time (the one case in `docs/protocol.md`).
///
/// | what is seen | what it is |
/// |---|---|
/// | shown, then `FALL_BACK` by the sender's own clock | a double that no protocol can remove |
/// | shown, then `FALL_BACK` by the gateway, and the receiver had lost its connection by then, or the news is young |
/// the same |
/// | shown, then `FALL_BACK` by the gateway, and what would have brought the news was broken | the same |
/// | shown, then `FALL_BACK` by the gateway, and nothing was in the way | a mistake |
/// | `FALL_BACK`, then shown, soon and on a connection from before | on its way already: a double |
/// | `FALL_BACK`, then shown, late or on a newer connection | a mistake |
///
/// Remembers what is under way, and what fell back in the whole run. Confined to whoever has it locked.
final class FallBacks {
    private final FallBackRules rules;
    private final Tally tally;
    private final Map<MessageId, Awaited> awaited = new HashMap<>();
    private final Map<MessageId, FellBack> fellBack = new HashMap<>();

    FallBacks(FallBackRules rules, Tally tally) {
        this.rules = rules;
        this.tally = tally;
    }

    /// Where the receiver is.
    ///
    /// @param connection counted from 1, or [DemoPhone#AWAY]
    /// @param connectionsSoFar the number of its last one
    record Place(int connection, int connectionsSoFar) {
        /// Whether the connection on which a text came here is the one of then. A text that is shown while its
        /// receiver is away came on a connection that had ended, and could not be acknowledged.
        boolean lastedUntil(Place later) {
            return connection != DemoPhone.AWAY && equals(later);
        }
    }

    /// When a text was sent, and on which of its sender's connections.
    record Sending(long atNanos, int connection) {}

    private record Shown(Place place, long atNanos) {}

    /// Without a result; shown or not.
    private record Awaited(Sending sending, @Nullable Shown shown) {}

    private record FellBack(FallBackCause cause, Place place, long atNanos) {}

    void sent(MessageId messageId, Sending sending) {
        awaited.put(messageId, new Awaited(sending, null));
    }

    /// A text is shown, in time as far as is known.
    void shown(MessageId messageId, Place place, long nowNanos) {
        awaited.computeIfPresent(messageId, (_, known) -> new Awaited(known.sending(), new Shown(place, nowNanos)));
    }

    /// The sender has the result.
    ///
    /// @param place of the receiver
    /// @param now when, and on which of the sender's connections
    void settled(MessageId messageId, SendOutcome outcome, Place place, Sending now) {
        Awaited known = awaited.remove(messageId);
        if (!(outcome instanceof SendOutcome.FallBack(var cause))) {
            return;
        }
        if (cause == FallBackCause.OWN_CLOCK) {
            tally.fellBackAlone++;
        }
        Shown before = known == null ? null : known.shown();
        if (known == null || before == null) {
            fellBack.put(messageId, new FellBack(cause, place, now.atNanos()));
        } else if (isExcused(before, cause, place, now.atNanos()) || wasInTrouble(known.sending(), now)) {
            tally.doubles++;
        } else {
            tally.doublesUnexplained++;
        }
    }

    private boolean isExcused(Shown before, FallBackCause cause, Place place, long nowNanos) {
        return cause == FallBackCause.OWN_CLOCK
                || !before.place().lastedUntil(place)
                || isSoon(before.atNanos(), nowNanos);
    }

    private boolean wasInTrouble(Sending sent, Sending now) {
        return rules.troubles().mayHaveTakenNews(sent.atNanos(), now.atNanos(), sent.connection() != now.connection());
    }

    private boolean isSoon(long thenNanos, long nowNanos) {
        return nowNanos - thenNanos <= rules.newsMax().toNanos();
    }

    /// A text is shown that is not expected any more.
    ///
    /// @return whether it had fallen back
    boolean shownLate(MessageId messageId, Place place, long nowNanos) {
        FellBack before = fellBack.remove(messageId);
        if (before == null) {
            return false;
        }
        boolean onItsWay =
                place.connectionsSoFar() == before.place().connectionsSoFar() && isSoon(before.atNanos(), nowNanos);
        boolean outlasted = before.cause() == FallBackCause.OWN_CLOCK && rules.mayOutlastMargin();
        if (onItsWay || outlasted) {
            tally.doubles++;
        } else {
            tally.shownAfterFallBack++;
        }
        return true;
    }
}
