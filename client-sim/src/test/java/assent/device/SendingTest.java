package assent.device;

import static assent.device.Fixtures.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A message is safe before it is on its way, keeps its id, and gets one outcome.
class SendingTest extends SendingTestBase {
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
        assertThat(get(fallBack.outcome())).isEqualTo(new SendOutcome.FallBack(SendOutcome.FallBackCause.GATEWAY));
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
    void aDeviceThatIsNotActivatedTakesNoMessages() {
        var device = open(folder());

        assertThat(get(send(device, BOB, "too early").outcome()))
                .isEqualTo(new SendOutcome.NoResult(SendOutcome.NoResultCause.NOT_ACTIVATED));
    }

    @Test
    void aResultThatNobodyWaitsForIsIgnored() {
        var signed = signedIn();

        signed.peer().send(GatewayFrame.SendResult.of(MessageId.random(), Outcome.DELIVERED));

        signed.peer().expectNothingMore();
        assertThat(heard.outcomes).isEmpty();
    }
}
