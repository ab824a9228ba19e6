package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.GatewayFrame.SendResult;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.support.AnnaAndBen;
import assent.server.support.MovableClock;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A text with a deadline is delivered by then, or its sender is told to use SMS and it never is.
class FallbackTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private TestGateway gateway;
    private RawPhone anna;
    private RawPhone ben;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder, Map.of("policy/messages.fallback-deadline-min", "10ms"), clock);
        clock.move(DAY.multipliedBy(2)); // so that going back a day is not before the gateway's certificate
        AnnaAndBen both = AnnaAndBen.connected(gateway);
        anna = both.anna();
        ben = both.ben();
    }

    @AfterEach
    void stop() {
        anna.close();
        ben.close();
        gateway.close();
    }

    private static void send(RawPhone from, MessageId id, PhoneNumber to, Duration deadline, boolean askedBefore) {
        from.peer()
                .send(new DeviceFrame.Send(
                        id,
                        to.e164(),
                        Optional.of(Body.text("are you there?")),
                        Optional.of(new DeliveryOption.CloudThenSms(deadline)),
                        askedBefore));
    }

    private MessageId send(PhoneNumber to, Duration deadline) {
        var id = MessageId.random();
        send(anna, id, to, deadline, false);
        return id;
    }

    private void annaAsksAgain(MessageId id, PhoneNumber to, Duration deadline) {
        send(anna, id, to, deadline, true);
    }

    /// Anna's next result, which is the only one.
    private Outcome outcome(MessageId id) {
        SendResult result = anna.result();
        assertThat(result.messageId()).isEqualTo(id);
        return result.outcome();
    }

    private void benIsAway() {
        ben.goAway();
        gateway.awaitLive(1);
    }

    private void benGetsNothing() {
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void aTextThatIsAcknowledgedInTimeIsDelivered() {
        MessageId id = send(ben.number, Duration.ofSeconds(20));
        ben.acknowledge(ben.delivery().deliveryNumber());

        assertThat(outcome(id)).isEqualTo(Outcome.DELIVERED);
        assertThat(anna.hasNothingMore()).isTrue();
    }

    @Test
    void aTextThatIsStoredMeanwhileAndAcknowledgedInTimeIsDeliveredAndNothingElseIsSaid() {
        MessageId id = send(ben.number, Duration.ofSeconds(20));
        var delivery = ben.delivery();
        await().until(() -> gateway.meter("assent.messages.stored") > 0);
        anna.peer().send(new DeviceFrame.Ping(1)).expect(GatewayFrame.Pong.class);
        ben.acknowledge(delivery.deliveryNumber());

        assertThat(anna.peer().expect(SendResult.class)).isEqualTo(SendResult.of(id, Outcome.DELIVERED));
        anna.peer().send(new DeviceFrame.Ping(2)).expect(GatewayFrame.Pong.class);
    }

    @Test
    void aTextWaitsForSomebodyWhoComesInTime() {
        benIsAway();
        MessageId id = send(ben.number, Duration.ofSeconds(20));
        anna.peer().send(new DeviceFrame.Ping(1)).expect(GatewayFrame.Pong.class);
        ben.comeBack();
        ben.acknowledge(ben.delivery().deliveryNumber());

        assertThat(outcome(id)).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void aTextToSomebodyWhoIsAwayFallsBackAndIsNotDeliveredLater() {
        benIsAway();
        MessageId id = send(ben.number, SOON);
        Instant sent = Instant.now();

        assertThat(outcome(id)).isEqualTo(Outcome.FALL_BACK);
        assertThat(Duration.between(sent, Instant.now())).isBetween(SOON.minusMillis(50), Duration.ofSeconds(15));
        clock.move(DAY.negated());
        ben.comeBack();
        benGetsNothing();
        clock.move(DAY);
        benGetsNothing();
    }

    @Test
    void aTextToAPhoneThatTakesItAndSaysNothingFallsBackAndItsAcknowledgementComesTooLate() {
        MessageId id = send(ben.number, SOON);
        var delivery = ben.delivery();

        assertThat(outcome(id)).isEqualTo(Outcome.FALL_BACK);
        ben.acknowledge(delivery.deliveryNumber());
        benGetsNothing();
        annaAsksAgain(id, ben.number, SOON);
        assertThat(outcome(id)).isEqualTo(Outcome.FALL_BACK);
        ben.comeBack();
        benGetsNothing();
    }

    @Test
    void afterALateAcknowledgementTextsFlowAsBefore() {
        send(ben.number, SOON);
        var delivery = ben.delivery();
        anna.result();
        MessageId next = anna.text(ben.number, "next");
        var second = ben.delivery();
        assertThat(second.messageId()).isEqualTo(next);

        ben.acknowledge(delivery.deliveryNumber());
        ben.acknowledge(second.deliveryNumber());

        assertThat(anna.result().messageId()).isEqualTo(next);
        AnnaAndBen.awaitLevel(anna, ben);
    }

    @Test
    void whoAsksAgainIsToldToFallBackAgainAlsoAfterARestart() throws Exception {
        benIsAway();
        MessageId id = send(ben.number, SOON);
        MessageId toNobody = send(gateway.newNumber(), SOON);
        PhoneNumber nobody = gateway.newNumber();
        MessageId strangers = send(nobody, SOON);
        for (int i = 0; i < 3; i++) {
            assertThat(anna.result().outcome()).isEqualTo(Outcome.FALL_BACK);
        }
        assertThat(toNobody).isNotEqualTo(id);
        annaAsksAgain(id, ben.number, Duration.ofSeconds(20));
        assertThat(outcome(id)).isEqualTo(Outcome.FALL_BACK);

        for (Duration jump : new Duration[] {Duration.ZERO, DAY.negated(), DAY}) {
            gateway.stop();
            clock.move(jump);
            gateway.startAgain();
            anna.comeBack();
            annaAsksAgain(id, ben.number, Duration.ofSeconds(20));
            assertThat(outcome(id)).isEqualTo(Outcome.FALL_BACK);
            annaAsksAgain(strangers, nobody, Duration.ofSeconds(20));
            assertThat(outcome(strangers)).isEqualTo(Outcome.FALL_BACK);
            ben.comeBack();
            benGetsNothing();
        }
    }

    @Test
    void aTextWhoseSenderDoesNotComeBackExpiresAtItsDeadline() throws Exception {
        benIsAway();
        send(ben.number, Duration.ofSeconds(20));
        anna.peer().send(new DeviceFrame.Ping(1)).expect(GatewayFrame.Pong.class);
        awaitInTheMailbox();
        gateway.stop();
        clock.move(Duration.ofSeconds(20));
        gateway.startAgain();

        ben.comeBack();

        benGetsNothing();
    }

    @Test
    void aTextThatOutlivedItsSendersGatewayIsNotRevivedByAClockThatWentBack() throws Exception {
        benIsAway();
        send(ben.number, SOON);
        awaitInTheMailbox();
        gateway.stop();
        clock.move(DAY.negated());
        gateway.startAgain();

        ben.comeBack();

        benGetsNothing();
    }

    private void awaitInTheMailbox() {
        await().until(() -> gateway.meter("assent.messages.stored") > 0);
    }

    @Test
    void whoAsksAgainAfterACrashGetsWhatIsLeftOfTheFirstDeadline() throws Exception {
        benIsAway();
        PhoneNumber nobody = gateway.newNumber();
        MessageId id = send(ben.number, Duration.ofSeconds(20));
        MessageId toNobody = send(nobody, Duration.ofSeconds(20));
        awaitInTheMailbox();
        gateway.restart();
        clock.move(Duration.ofSeconds(20).minus(SOON));
        anna.comeBack();

        annaAsksAgain(id, ben.number, Duration.ofMinutes(5));
        annaAsksAgain(toNobody, nobody, Duration.ofMinutes(5));

        Instant asked = Instant.now();
        assertThat(anna.result().outcome()).isEqualTo(Outcome.FALL_BACK);
        assertThat(anna.result().outcome()).isEqualTo(Outcome.FALL_BACK);
        assertThat(Duration.between(asked, Instant.now())).isBetween(Duration.ofMillis(200), Duration.ofSeconds(15));
        ben.comeBack();
        benGetsNothing();
    }

    @Test
    void whoAsksAgainWithinTheDeadlineHearsOfTheDeliveryMeanwhile() throws Exception {
        benIsAway();
        MessageId id = send(ben.number, Duration.ofMinutes(5));
        awaitInTheMailbox();
        anna.goAway();
        gateway.awaitNobody();
        ben.comeBack();
        ben.acknowledge(ben.delivery().deliveryNumber());
        ben.peer().send(new DeviceFrame.Ping(3)).expect(GatewayFrame.Pong.class);
        gateway.restart();
        anna.comeBack();

        annaAsksAgain(id, ben.number, Duration.ofMinutes(5));

        assertThat(outcome(id)).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void aTextInFlightFallsBackWhenItsRecipientWithdraws() {
        MessageId pushed = send(ben.number, Duration.ofSeconds(1));
        ben.delivery();
        ben.peer().send(ben.withdrawal());
        ben.peer().skipTo(GatewayFrame.Goodbye.class);
        MessageId afterwards = send(ben.number, Duration.ofSeconds(1));

        assertThat(outcome(pushed)).isEqualTo(Outcome.FALL_BACK);
        assertThat(outcome(afterwards)).isEqualTo(Outcome.FALL_BACK);
    }

    @Test
    void aTextInFlightFallsBackWhenTheNumberMovesToAnotherPhone() {
        MessageId pushed = send(ben.number, Duration.ofSeconds(1));
        ben.delivery();
        try (var newPhone = new RawPhone(gateway, ben.number)) {
            newPhone.activate();

            assertThat(outcome(pushed)).isEqualTo(Outcome.FALL_BACK);
            assertThat(newPhone.hasNothingMore()).isTrue();
        }
    }

    @Test
    void aFullMailboxLooksLikeOneWhoseOwnerIsAway() throws Exception {
        gateway.close();
        gateway = TestGateway.start(
                folder,
                Map.of("policy/messages.fallback-deadline-min", "10ms", "store.mailbox-messages-max", "1"),
                clock);
        anna = gateway.phone();
        anna.activate();
        ben = gateway.phone();
        ben.activate();
        benIsAway();
        anna.text(ben.number, "fills it");
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);

        MessageId id = send(ben.number, SOON);

        assertThat(outcome(id)).isEqualTo(Outcome.FALL_BACK);
    }

    @Test
    void aDeadlineThatIsTooShortIsRefusedAndOneThatIsTooLongIsCut() throws Exception {
        gateway.changePolicy(Map.of("messages.fallback-deadline-min", "1s", "messages.fallback-deadline-max", "1s"));
        benIsAway();

        send(ben.number, Duration.ofMillis(999));
        assertThat(anna.result().reason()).contains(Reason.DELIVERY_OPTION_INVALID);
        send(ben.number, Duration.ZERO);
        assertThat(anna.result().reason()).contains(Reason.DELIVERY_OPTION_INVALID);
        MessageId id = send(ben.number, DAY);

        assertThat(outcome(id)).isEqualTo(Outcome.FALL_BACK);
    }
}
