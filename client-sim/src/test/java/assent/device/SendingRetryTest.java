package assent.device;

import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Refused, forgotten and waiting messages.
class SendingRetryTest extends SendingTestBase {
    @Test
    void neverMoreAreUnderWayThanTheGatewayAllows() {
        gateway.limited(new ScriptedGateway.Limitation(Duration.ofSeconds(60), 3, 100));
        var signed = signedIn();
        for (int i = 0; i < 10; i++) {
            send(signed.device(), BOB, "text " + i);
        }
        var underWay = new ArrayList<MessageId>();
        for (int i = 0; i < 3; i++) {
            underWay.add(expectSend(signed.peer()).messageId());
        }
        signed.peer().expectNothingMore();

        signed.peer().send(GatewayFrame.SendResult.of(underWay.getFirst(), Outcome.DELIVERED));

        assertThat(textOf(expectSend(signed.peer()))).isEqualTo("text 3");
        signed.peer().expectNothingMore();
    }

    @Test
    void aFullOutboxRefusesAtOnce() {
        var limits =
                new DeviceLimits(2, 256, 5, LIMITS.refusalWaitMax(), LIMITS.connectTimeout(), LIMITS.answerTimeout());
        var device = open(activatedFolder(), heard, config().with(limits));
        send(device, BOB, "one");
        send(device, BOB, "two");

        var third = send(device, BOB, "three");

        assertThat(third.outcome())
                .isCompletedWithValue(new SendOutcome.NoResult(SendOutcome.NoResultCause.OUTBOX_FULL));
    }

    @Test
    void aRefusalWithATimeToRetryIsRepeatedAndTheAppDoesNotHearOfIt() {
        var signed = signedIn();
        var sent = send(signed.device(), BOB, "again");
        var first = expectSend(signed.peer());
        signed.peer()
                .send(GatewayFrame.SendResult.refused(first.messageId(), Reason.STORE_UNAVAILABLE, Optional.of(SOON)));

        var second = expectSend(signed.peer());
        signed.peer().send(GatewayFrame.SendResult.of(second.messageId(), Outcome.QUEUED));

        assertThat(second).isEqualTo(again(first));
        assertThat(get(sent.outcome())).isEqualTo(new SendOutcome.Queued());
    }

    @Test
    void afterEnoughRefusalsTheAppGetsTheRefusal() {
        var limits =
                new DeviceLimits(10, 256, 2, LIMITS.refusalWaitMax(), LIMITS.connectTimeout(), LIMITS.answerTimeout());
        var signed = signedIn(config().with(limits));
        var sent = send(signed.device(), BOB, "refused thrice");

        for (int i = 0; i < 3; i++) {
            var frame = expectSend(signed.peer());
            signed.peer()
                    .send(GatewayFrame.SendResult.refused(frame.messageId(), Reason.MAILBOX_FULL, Optional.of(SOON)));
        }

        assertThat(get(sent.outcome())).isEqualTo(new SendOutcome.Refused(Reason.MAILBOX_FULL, Optional.of(SOON)));
        signed.peer().expectNothingMore();
    }

    @Test
    void aRetryThatIsTooFarOffIsLeftToTheApp() {
        var signed = signedIn();
        var hour = Optional.of(Duration.ofHours(1));
        var sent = send(signed.device(), BOB, "later");

        signed.peer()
                .send(GatewayFrame.SendResult.refused(
                        expectSend(signed.peer()).messageId(), Reason.MAILBOX_FULL, hour));

        assertThat(get(sent.outcome())).isEqualTo(new SendOutcome.Refused(Reason.MAILBOX_FULL, hour));
    }

    @Test
    void whileOneMessageWaitsForItsRetryThoseBehindItToTheSameNumberWaitToo() {
        gateway.limited(new ScriptedGateway.Limitation(Duration.ofSeconds(60), 1, 100));
        var signed = signedIn();
        send(signed.device(), BOB, "first to Bob");
        send(signed.device(), BOB, "second to Bob");
        send(signed.device(), CAROL, "to Carol");
        signed.peer()
                .send(GatewayFrame.SendResult.refused(
                        expectSend(signed.peer()).messageId(),
                        Reason.MAILBOX_FULL,
                        Optional.of(Duration.ofMillis(300))));

        var order = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            var frame = expectSend(signed.peer());
            order.add(textOf(frame));
            signed.peer().send(GatewayFrame.SendResult.of(frame.messageId(), Outcome.DELIVERED));
        }

        assertThat(order).isEqualTo(List.of("to Carol", "first to Bob", "second to Bob"));
    }

    @Test
    void aSendThatTheGatewayForgetsIsSentAgainOnANewConnection() {
        var limits =
                new DeviceLimits(10, 256, 5, LIMITS.refusalWaitMax(), LIMITS.connectTimeout(), Duration.ofSeconds(1));
        var signed = signedIn(config().with(limits));
        var sent = send(signed.device(), BOB, "forgotten");
        expectSend(signed.peer());

        var later = gateway.nextConnection().signIn(signed.activation());

        assertThat(expectSend(later).messageId()).isEqualTo(sent.messageId());
        eventually(() -> assertThat(heard.disconnections).hasAtLeastOneElementOfType(Disconnection.Silent.class));
    }
}
