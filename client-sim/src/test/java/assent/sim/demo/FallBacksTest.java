package assent.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import assent.device.SendOutcome;
import assent.device.SendOutcome.FallBackCause;
import assent.protocol.Body;
import assent.protocol.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// A text that fell back must not be shown; and one that is shown must not fall back without a reason.
class FallBacksTest {
    private static final long SECOND = 1_000_000_000;
    private static final Body TEXT = Body.text("a text with a deadline");
    private static final FallBacks.Place HERE = new FallBacks.Place(1, 1);
    private static final FallBacks.Place GONE = new FallBacks.Place(DemoPhone.AWAY, 1);
    private static final FallBacks.Place BACK = new FallBacks.Place(2, 2);
    private static final SendOutcome BY_GATEWAY = new SendOutcome.FallBack(FallBackCause.GATEWAY);
    private static final SendOutcome ALONE = new SendOutcome.FallBack(FallBackCause.OWN_CLOCK);

    private final Ledger ledger = new Ledger();
    private final MessageId text = send(ledger);

    private static MessageId send(Ledger to) {
        MessageId id = MessageId.random();
        to.sent(id, TEXT, HERE.connection(), 0);
        to.hasDeadline(id, new FallBacks.Sending(0, 1));
        return id;
    }

    private void show(FallBacks.Place place, long atNanos) {
        ledger.shown(text, TEXT, place, atNanos);
    }

    private void settle(SendOutcome outcome, FallBacks.Place place, long atNanos) {
        ledger.settled(text, outcome, place, new FallBacks.Sending(atNanos, 1));
    }

    @Test
    void aTextThatFellBackAndIsNeverShownIsAsItShouldBe() {
        settle(BY_GATEWAY, GONE, SECOND);

        assertThat(ledger.tally().outcomeFallBack).isEqualTo(1);
        assertThat(ledger.tally().fellBackAlone).isZero();
        assertThat(ledger.isAllShown()).isTrue();
        expect(0, 0, 0);
    }

    @Test
    void aTextThatIsDeliveredInTimeIsNoDouble() {
        show(HERE, 1);
        settle(new SendOutcome.Delivered(), HERE, 2);

        expect(0, 0, 0);
    }

    @Test
    void aTextThatComesOnALaterConnectionThanItsFallBackIsAMistake() {
        settle(BY_GATEWAY, GONE, SECOND);
        show(BACK, SECOND + 1);

        expect(0, 0, 1);
    }

    @Test
    void aTextThatComesLongAfterItsFallBackIsAMistake() {
        settle(BY_GATEWAY, HERE, SECOND);
        show(HERE, 3 * SECOND);

        expect(0, 0, 1);
        assertThat(ledger.tally().duplicates).isZero();
    }

    @Test
    void aTextThatWasPushedBeforeItsFallBackMayStillCome() {
        settle(BY_GATEWAY, HERE, SECOND);
        show(HERE, SECOND + SECOND / 2);
        show(HERE, SECOND + SECOND / 2);

        expect(1, 0, 0);
        assertThat(ledger.tally().duplicates).as("and once only").isEqualTo(1);
    }

    @Test
    void aTextThatWasShownMayFallBackIfItsReceiverHasLostItsConnection() {
        show(HERE, 1);
        settle(BY_GATEWAY, BACK, 5 * SECOND);

        expect(1, 0, 0);
    }

    @Test
    void aTextThatWasShownMayFallBackIfItsSenderHasLostTheGateway() {
        show(HERE, 1);
        settle(ALONE, HERE, 12 * SECOND);

        expect(1, 0, 0);
        assertThat(ledger.tally().fellBackAlone).isEqualTo(1);
    }

    @Test
    void aTextThatWasShownMustNotFallBackIfNothingWasInTheWayOfTheNews() {
        show(HERE, 1);
        settle(BY_GATEWAY, HERE, 2 * SECOND);

        expect(0, 1, 0);
    }

    @Test
    void aTextThatIsShownWhileItsReceiverIsAwayCouldNotBeAcknowledged() {
        show(GONE, 1);
        settle(BY_GATEWAY, GONE, 2 * SECOND);

        expect(1, 0, 0);
    }

    @Test
    void whatWasBrokenExcusesTheTextsWhoseNewsItMayHaveTaken() {
        var asked = new ArrayList<String>();
        var troubled = new Ledger(FallBackRules.of(Duration.ofSeconds(1), (sent, settled, moved) -> {
            asked.add(sent + " " + settled + " " + moved);
            return moved;
        }));
        MessageId stayed = send(troubled);
        MessageId moved = send(troubled);
        troubled.shown(stayed, TEXT, HERE, 1);
        troubled.shown(moved, TEXT, HERE, 1);

        troubled.settled(stayed, BY_GATEWAY, HERE, new FallBacks.Sending(3 * SECOND, 1));
        troubled.settled(moved, BY_GATEWAY, HERE, new FallBacks.Sending(4 * SECOND, 2));

        assertThat(asked).containsExactly("0 3000000000 false", "0 4000000000 true");
        assertThat(troubled.tally().doublesUnexplained).isEqualTo(1);
        assertThat(troubled.tally().doubles).isEqualTo(1);
    }

    @Test
    void onlyWhereTheWayMayOutlastTheMarginATextMayComeAfterItsSendersOwnFallBack() {
        settle(ALONE, GONE, 11 * SECOND);
        show(BACK, 30 * SECOND);

        expect(0, 0, 1);

        var patient = new Ledger(new FallBackRules(Duration.ofSeconds(1), true));
        MessageId late = send(patient);
        patient.settled(late, ALONE, GONE, new FallBacks.Sending(11 * SECOND, 1));
        patient.shown(late, TEXT, BACK, 30 * SECOND);
        assertThat(patient.tally().doubles).isEqualTo(1);
        assertThat(patient.tally().shownAfterFallBack).isZero();
    }

    private void expect(long doubles, long unexplained, long shownAfter) {
        assertThat(ledger.tally().doubles).isEqualTo(doubles);
        assertThat(ledger.tally().doublesUnexplained).isEqualTo(unexplained);
        assertThat(ledger.tally().shownAfterFallBack).isEqualTo(shownAfter);
    }
}
