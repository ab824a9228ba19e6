package assent.device;

import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A message is safe before it is on its way, keeps its id, and gets one outcome.
class SendingTest extends DeviceTestBase {
    private static final Duration SOON = Duration.ofMillis(5);

    private record Signed(Device device, ScriptedPeer peer, KeptActivation activation) {}

    private Signed signedIn(DeviceConfig config) {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store, heard, config);
        device.connect();
        return new Signed(device, gateway.nextConnection().signIn(activation), activation);
    }

    private Signed signedIn() {
        return signedIn(config());
    }

    private static DeviceFrame.Send expectSend(ScriptedPeer peer) {
        return peer.expect(DeviceFrame.Send.class);
    }

    /// The same frame, marked as one that was sent before.
    private static DeviceFrame.Send again(DeviceFrame.Send send) {
        return new DeviceFrame.Send(send.messageId(), send.to(), send.body(), send.delivery(), true);
    }

    private static String textOf(DeviceFrame.Send send) {
        return send.body().orElseThrow().toUtf8();
    }

    @Test
    void aMessageGoesOutAndGetsItsOutcome() {
        var signed = signedIn();

        var sent = send(signed.device(), BOB, "hello");
        var frame = expectSend(signed.peer());
        signed.peer().send(GatewayFrame.SendResult.of(frame.messageId(), Outcome.DELIVERED));

        assertThat(frame.to()).isEqualTo(BOB.e164());
        assertThat(textOf(frame)).isEqualTo("hello");
        assertThat(frame.messageId()).isEqualTo(sent.messageId());
        assertThat(get(sent.outcome())).isEqualTo(new SendOutcome.Delivered());
        eventually(() -> assertThat(heard.outcomes).containsExactly(new SendOutcome.Delivered()));
        assertThat(get(signed.device().outbox())).isEmpty();
    }

    @Test
    void everyOutcomeReachesTheApp() {
        var signed = signedIn();
        var queued = send(signed.device(), BOB, "queued");
        var fallBack = send(signed.device(), BOB, "fall back");
        var refused = send(signed.device(), BOB, "refused");

        signed.peer().send(GatewayFrame.SendResult.of(expectSend(signed.peer()).messageId(), Outcome.QUEUED));
        signed.peer().send(GatewayFrame.SendResult.of(expectSend(signed.peer()).messageId(), Outcome.FALL_BACK));
        signed.peer()
                .send(GatewayFrame.SendResult.refused(
                        expectSend(signed.peer()).messageId(), Reason.RECIPIENT_INVALID, Optional.empty()));

        assertThat(get(queued.outcome())).isEqualTo(new SendOutcome.Queued());
        assertThat(get(fallBack.outcome())).isEqualTo(new SendOutcome.FallBack());
        assertThat(get(refused.outcome()))
                .isEqualTo(new SendOutcome.Refused(Reason.RECIPIENT_INVALID, Optional.empty()));
    }

    @Test
    void aMessageIsInTheJournalBeforeItIsOnItsWay() throws Exception {
        var signed = signedIn();

        send(signed.device(), BOB, "write me down first");
        expectSend(signed.peer());

        assertThat(java.nio.file.Files.readString(
                        parent.resolve("device/journal"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("write me down first");
    }

    @Test
    void whatHasNoResultWhenTheConnectionBreaksIsSentAgainWithTheSameIdInOrder() {
        var signed = signedIn();
        send(signed.device(), BOB, "first");
        send(signed.device(), BOB, "second");
        var first = expectSend(signed.peer());
        var second = expectSend(signed.peer());

        signed.peer().hangUp();
        var later = gateway.nextConnection().signIn(signed.activation());

        assertThat(expectSend(later)).isEqualTo(again(first));
        assertThat(expectSend(later)).isEqualTo(again(second));
        later.expectNothingMore();
    }

    @Test
    void whatHasItsResultIsNotSentAgain() {
        var signed = signedIn();
        var settled = send(signed.device(), BOB, "settled");
        var open = send(signed.device(), BOB, "open");
        expectSend(signed.peer());
        expectSend(signed.peer());
        signed.peer().send(GatewayFrame.SendResult.of(settled.messageId(), Outcome.DELIVERED));
        get(settled.outcome());

        signed.peer().hangUp();
        var later = gateway.nextConnection().signIn(signed.activation());

        assertThat(expectSend(later).messageId()).isEqualTo(open.messageId());
        later.expectNothingMore();
    }

    @Test
    void theOutboxSurvivesARestartAndKeepsTheIds() {
        var signed = signedIn();
        var sent = send(signed.device(), BOB, "before the restart");
        expectSend(signed.peer());
        get(signed.device().close());
        assertThat(get(sent.outcome())).isEqualTo(new SendOutcome.NoResult(SendOutcome.NoResultCause.CLOSED));

        var again = open(folder());
        again.connect();
        var peer = gateway.nextConnection().signIn(signed.activation());
        var resent = expectSend(peer);
        var handles = get(again.outbox());
        peer.send(GatewayFrame.SendResult.of(resent.messageId(), Outcome.DELIVERED));

        assertThat(resent.messageId()).isEqualTo(sent.messageId());
        assertThat(textOf(resent)).isEqualTo("before the restart");
        assertThat(handles).hasSize(1);
        assertThat(get(handles.getFirst().outcome())).isEqualTo(new SendOutcome.Delivered());
    }

    @Test
    void messagesOfADeviceThatIsOfflineWaitForItsConnection() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store);
        send(device, BOB, "one");
        send(device, BOB, "two");

        device.connect();
        var peer = gateway.nextConnection().signIn(activation);

        assertThat(textOf(expectSend(peer))).isEqualTo("one");
        assertThat(textOf(expectSend(peer))).isEqualTo("two");
    }

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
    void aDeviceThatIsNotActivatedTakesNoMessages() {
        var device = open(folder());

        assertThat(get(send(device, BOB, "too early").outcome()))
                .isEqualTo(new SendOutcome.NoResult(SendOutcome.NoResultCause.NOT_ACTIVATED));
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
    void aResultThatNobodyWaitsForIsIgnored() {
        var signed = signedIn();

        signed.peer().send(GatewayFrame.SendResult.of(MessageId.random(), Outcome.DELIVERED));

        signed.peer().expectNothingMore();
        assertThat(heard.outcomes).isEmpty();
    }

    @Test
    void aSendThatTheGatewayForgetsIsSentAgainOnANewConnection() {
        var limits =
                new DeviceLimits(10, 256, 5, LIMITS.refusalWaitMax(), LIMITS.connectTimeout(), Duration.ofMillis(200));
        var signed = signedIn(config().with(limits));
        var sent = send(signed.device(), BOB, "forgotten");
        expectSend(signed.peer());

        var later = gateway.nextConnection().signIn(signed.activation());

        assertThat(expectSend(later).messageId()).isEqualTo(sent.messageId());
        assertThat(heard.disconnections).hasAtLeastOneElementOfType(Disconnection.Silent.class);
    }
}
