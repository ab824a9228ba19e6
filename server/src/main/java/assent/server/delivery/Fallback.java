package assent.server.delivery;

import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.server.store.Answer;
import assent.server.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What becomes of messages with a deadline: `CLOUD_THEN_SMS`. Confined to the sender's event loop;
/// one for each session.
///
/// # The states of such a message
///
/// | where it is | acknowledged before the deadline | at the deadline | |---|---|---|
/// | pushed, in no store | DELIVERED | taken out of the window, then decided |
/// | pushed, its append on its way | DELIVERED, removed once appended | taken out of the window,
/// then decided behind the append |
/// | pushed and in the mailbox | removed, then DELIVERED | decided: the store says what came first
/// |
/// | in the mailbox only | (cannot be) | decided |
/// | nowhere: no mailbox, or a full one | (cannot be) | decided |
/// | the store took nothing, and it was not pushed | (cannot be) | REFUSED long before |
///
/// *Decided* is one durable write, [Write.FallBack]: a message that waits is removed, and its
/// sender's device has it noted as fallen back; if it was removed as delivered before, it stays
/// delivered. Only when the write is durable does the sender hear FALL_BACK, or DELIVERED. There is
/// no QUEUED: a phone that heard it would have to be told of the end by a second result.
///
/// # Why it is never delivered after FALL_BACK
///
/// - FALL_BACK is decided at the deadline or later, and **nothing is pushed from its deadline on**:
/// an inbox looks at the time before it pushes, be it a message that comes in or one that a read
/// brought that was asked for earlier. Both times come from one monotonic clock.
/// - It is in no mailbox any more, so neither a later session, nor a restart, nor a clock that went
/// back finds it. An append that comes late, or a sender that asks again, finds the decision.
/// - It has left the window on the recipient's event loop before the write is handed in. From then
/// on an acknowledgement changes nothing; one from before has answered the sender already.
///
/// What was pushed before cannot be called back: see the one case in `docs/protocol.md`.
///
/// # If nobody is there to decide
///
/// When the sender's connection ends, this ends with it, and the message's own deadline in the
/// mailbox holds: from then on nobody reads it, and the sweeper notes that it fell back. If the
/// gateway dies and starts again with a clock that has gone back behind the message's acceptance,
/// it is not read either. A sender that asks again gets what is left of the first deadline, for
/// numbers without a mailbox, too.
///
/// What had reached nobody by then, since this machine stood still, is decided by the inbox that finds it
/// too late: a sender that asks again must not have it delivered behind what it sent later.
///
/// # If the store keeps nothing
///
/// No decision, no FALL_BACK: the write is tried again every [#RETRY], for as long as the sender's
/// connection lasts. (Bounded: one write for each message in flight.) The message is not pushed
/// meanwhile.
final class Fallback {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Courier courier;
    private final Link link;

    /// Null until the first: most devices send no message with a deadline.
    private @Nullable Deadlines deadlines;

    private boolean closed;

    Fallback(Courier courier, Link link) {
        this.courier = courier;
        this.link = link;
    }

    /// Why a deadline is not taken, if it is not. One that is too long is shortened instead: falling
    /// back early is safe, and falling back later than the phone expects is not.
    Optional<Reason> judge(Duration deadline) {
        return deadline.compareTo(courier.policy().fallbackDeadlineMin()) < 0
                ? Optional.of(Reason.DELIVERY_OPTION_INVALID)
                : Optional.empty();
    }

    /// How long the message may be on its way.
    Duration timeFor(Duration deadline) {
        Duration max = courier.policy().fallbackDeadlineMax();
        return deadline.compareTo(max) < 0 ? deadline : max;
    }

    /// The message is on its way.
    void begin(Transit transit) {
        transit.deadlineNanos.ifPresent(at -> put(transit, at));
    }

    /// How many deadlines are to come.
    int waiting() {
        return deadlines == null ? 0 : deadlines.size();
    }

    /// The message is in the mailbox since an earlier send, with what is left of that one's time.
    void shorten(Transit transit, Instant deadline) {
        if (deadlines != null) {
            Duration left = Duration.between(courier.clock().instant(), deadline);
            deadlines.shorten(transit, link.nanoTime() + left.toNanos());
        }
    }

    /// The message has its outcome.
    void end(Transit transit) {
        if (deadlines != null) {
            deadlines.remove(transit);
        }
    }

    private void timeIsOver(Transit transit) {
        if (!transit.isAnswered()) {
            courier.fallBack(transit, link.executor(), answer -> decided(transit, answer));
        }
    }

    private void decided(Transit transit, Answer<Write.FallBackResult> answer) {
        switch (answer) {
            case Answer.Value<Write.FallBackResult>(Write.FellBack ignored) -> transit.answer(Outcome.FALL_BACK);
            case Answer.Value<Write.FallBackResult>(Write.DeliveredBefore ignored) -> transit.answer(Outcome.DELIVERED);
            case Answer.Unavailable<Write.FallBackResult> ignored -> again(transit);
        }
    }

    private void again(Transit transit) {
        if (!closed && !transit.isAnswered()) {
            put(transit, link.nanoTime() + RETRY.toNanos());
        }
    }

    private void put(Transit transit, long atNanos) {
        if (deadlines == null) {
            deadlines = new Deadlines(link, this::timeIsOver);
        }
        deadlines.put(transit, atNanos);
    }

    void close() {
        closed = true;
        if (deadlines != null) {
            deadlines.close();
        }
    }
}
