package assent.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import assent.device.SendOutcome;
import assent.protocol.Body;
import assent.protocol.MessageId;
import assent.protocol.Reason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The demo is only worth something if it notices what goes wrong.
class LedgerTest {
    private static final int CONNECTION = 1;
    private static final FallBacks.Place HERE = new FallBacks.Place(CONNECTION, CONNECTION);
    private static final long MILLI = 1_000_000;

    private final Ledger ledger = new Ledger();
    private final MessageId first = send("first");
    private final MessageId second = send("second");

    private MessageId send(String text) {
        MessageId id = MessageId.random();
        ledger.sent(id, Body.text(text), CONNECTION, 0);
        return id;
    }

    private void show(MessageId id, String text) {
        ledger.shown(id, Body.text(text), HERE, 5 * MILLI);
    }

    private void settle(MessageId id, SendOutcome outcome) {
        ledger.settled(id, outcome, HERE, new FallBacks.Sending(5 * MILLI, 1));
    }

    @Test
    void textsThatArriveOnceInOrderAreFine() {
        show(first, "first");
        show(second, "second");
        settle(first, new SendOutcome.Delivered());
        settle(second, new SendOutcome.Queued());

        assertThat(ledger.tally().isPerfect(2)).isTrue();
        assertThat(ledger.isSettled()).isTrue();
        assertThat(ledger.isAllShown()).isTrue();
        assertThat(ledger.latencyMicros().getValueAtPercentile(50)).isBetween(4_990L, 5_010L);
    }

    @Test
    void aTextWithoutResultIsNotPerfect() {
        show(first, "first");
        show(second, "second");
        settle(first, new SendOutcome.Delivered());
        assertThat(ledger.isSettled()).isFalse();
        assertThat(ledger.tally().isPerfect(2)).isFalse();
    }

    @Test
    void aTextThatIsShownTwiceIsADuplicate() {
        show(first, "first");
        show(first, "first");
        show(second, "second");
        assertThat(ledger.tally().duplicates).isEqualTo(1);
        assertThat(ledger.tally().isPerfect(2)).isFalse();
    }

    @Test
    void aTextThatWasNeverSentIsOneTooMany() {
        show(MessageId.random(), "first");
        assertThat(ledger.tally().duplicates).isEqualTo(1);
        assertThat(ledger.tally().delivered).isZero();
    }

    @Test
    void aTextThatOvertakesAnotherIsOutOfOrderOnceBothArePromised() {
        show(second, "second");
        show(first, "first");
        settle(second, new SendOutcome.Delivered());
        assertThat(ledger.tally().outOfOrder)
                .as("the first may still be refused")
                .isZero();
        settle(first, new SendOutcome.Queued());
        assertThat(ledger.tally().outOfOrder).isEqualTo(1);
        assertThat(ledger.tally().outOfOrderExamples).singleElement().asString().matches("text 0 .* after text 1 .*");
        assertThat(ledger.tally().isPerfect(2)).isFalse();
    }

    @Test
    void aTextThatOvertakesAnotherIsOutOfOrderAlsoIfTheirSenderHeardBefore() {
        settle(first, new SendOutcome.Queued());
        settle(second, new SendOutcome.Queued());
        show(second, "second");
        show(first, "first");
        assertThat(ledger.tally().outOfOrder).isEqualTo(1);
    }

    @Test
    void aTextThatFellBackOrWasRefusedHasNoPlaceInTheOrder() {
        MessageId third = send("third");
        show(third, "third");
        show(second, "second");
        show(first, "first");
        settle(first, new SendOutcome.FallBack(SendOutcome.FallBackCause.OWN_CLOCK));
        settle(second, new SendOutcome.Queued());
        settle(third, new SendOutcome.Refused(Reason.STORE_UNAVAILABLE, Optional.empty()));
        assertThat(ledger.tally().outOfOrder).isZero();
    }

    @Test
    void aChangedTextIsNotByteExact() {
        show(first, "First");
        show(second, "second");
        assertThat(ledger.tally().byteExact).isEqualTo(1);
        assertThat(ledger.tally().isPerfect(2)).isFalse();
    }

    @Test
    void aLostTextLeavesTheLedgerOpen() {
        show(second, "second");
        settle(first, new SendOutcome.Delivered());
        settle(second, new SendOutcome.Delivered());
        assertThat(ledger.unshown()).containsExactly(first);
        assertThat(ledger.tally().isPerfect(2)).isFalse();
    }

    @Test
    void aTextThatWasRefusedAndArrivesAllTheSameIsCounted() {
        settle(first, new SendOutcome.Refused(Reason.MAILBOX_FULL, Optional.empty()));
        show(first, "first");
        show(second, "second");
        settle(second, new SendOutcome.Refused(Reason.MAILBOX_FULL, Optional.empty()));
        assertThat(ledger.tally().shownUnpromised).isEqualTo(2);
        assertThat(ledger.tally().isPerfect(2)).isFalse();
    }

    @Test
    void aTextThatWasRefusedAndArrivesTwiceIsADuplicate() {
        show(first, "first");
        settle(first, new SendOutcome.Refused(Reason.STORE_UNAVAILABLE, Optional.empty()));
        show(first, "first");
        assertThat(ledger.tally().duplicates).isEqualTo(1);
    }

    @Test
    void aTextThatWasSentWhileTheReceiverWasAwayHasNoLatency() {
        ledger.shown(first, Body.text("first"), new FallBacks.Place(CONNECTION + 1, CONNECTION + 1), 5 * MILLI);
        assertThat(ledger.latencyMicros().getTotalCount()).isZero();
    }

    @Test
    void thereIsRoomForAsManyTextsAsTheLimitsSayAndNoMore() {
        var limits = new DemoLimits(3, 10, 100, Duration.ZERO, Duration.ZERO);
        assertThat(ledger.hasRoom(limits)).isTrue();
        send("third");
        assertThat(ledger.hasRoom(limits)).isFalse();
        settle(first, new SendOutcome.Queued());
        assertThat(ledger.hasRoom(limits)).isTrue();
        send("x".repeat(100));
        settle(second, new SendOutcome.Queued());
        assertThat(ledger.hasRoom(limits)).as("too many bytes wait").isFalse();
    }
}
