package assent.device;

import static assent.device.Fixtures.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The sender of a queued message hears once that it was delivered, also when it was away.
@SuppressWarnings("NullAway.Init") // each test signs in first
class ReceiptsTest extends DeviceTestBase {
    private ScriptedPeer peer;
    private Device device;

    private void signIn(DeviceStore store) {
        device = open(store);
        device.connect();
        peer = gateway.nextConnection().signIn(activationIn(store));
    }

    private MessageId sendAndQueue(String text) {
        var sent = send(device, BOB, text);
        var frame = peer.expect(DeviceFrame.Send.class);
        peer.send(GatewayFrame.SendResult.of(frame.messageId(), Outcome.QUEUED));
        assertThat(get(sent.outcome())).isEqualTo(new SendOutcome.Queued());
        return sent.messageId();
    }

    private DeviceFolder folderAwaiting(int count) {
        var folder = activatedFolder();
        var changes = IntStream.range(0, count)
                .<Change>mapToObj(_ -> new Change.Queued(new AwaitedReceipt(
                        MessageId.random(), BOB, Instant.now().plusSeconds(60))))
                .toList();
        folder.write(changes).toCompletableFuture().join();
        return folder;
    }

    @Test
    void aReceiptIsToldOnceHoweverOftenItComes() {
        signIn(activatedFolder());
        var id = sendAndQueue("queued");

        peer.send(new GatewayFrame.DeliveryReceipt(id), new GatewayFrame.DeliveryReceipt(id));
        peer.expectNothingMore();

        eventually(() -> assertThat(heard.receipts).containsExactly(id));
    }

    @Test
    void aReceiptOfAMessageThatThisDeviceDoesNotWaitForIsNotTold() {
        signIn(activatedFolder());
        var id = sendAndQueue("queued");

        peer.send(new GatewayFrame.DeliveryReceipt(MessageId.random()), new GatewayFrame.DeliveryReceipt(id));

        eventually(() -> assertThat(heard.receipts).containsExactly(id));
    }

    @Test
    void aSenderThatWasAwayAsksAtItsNextSignIn() {
        var store = activatedFolder();
        signIn(store);
        var id = sendAndQueue("queued");
        peer.hangUp();

        peer = gateway.nextConnection().signIn(activationIn(store));
        var question = peer.expect(DeviceFrame.Inquire.class);
        peer.send(new GatewayFrame.InquiryAnswer(question.messageId(), true));

        assertThat(question).isEqualTo(new DeviceFrame.Inquire(id, BOB.e164()));
        eventually(() -> assertThat(heard.receipts).containsExactly(id));
        peer.hangUp();
        gateway.nextConnection().signIn(activationIn(store)).expectNothingMore();
    }

    @Test
    void whatIsNotDeliveredYetIsAskedForAgainAfterARestart() {
        var store = folderAwaiting(1);
        signIn(store);
        var first = peer.expect(DeviceFrame.Inquire.class);
        peer.send(new GatewayFrame.InquiryAnswer(first.messageId(), false));
        peer.expectNothingMore();
        get(device.close());

        signIn(folder());

        assertThat(peer.expect(DeviceFrame.Inquire.class)).isEqualTo(first);
        assertThat(heard.receipts).isEmpty();
    }

    @Test
    void questionsArePacedByTheirAnswers() {
        var store = folderAwaiting(40);
        List<MessageId> expected =
                store.kept().awaited().stream().map(AwaitedReceipt::messageId).toList();
        signIn(store);
        var asked = new ArrayList<MessageId>();
        for (int i = 0; i < Receipts.INQUIRIES_MAX; i++) {
            asked.add(peer.expect(DeviceFrame.Inquire.class).messageId());
        }
        peer.expectNothingMore();

        for (int i = 0; i < expected.size(); i++) {
            peer.send(new GatewayFrame.InquiryAnswer(asked.get(i), true));
            if (asked.size() < expected.size()) {
                asked.add(peer.expect(DeviceFrame.Inquire.class).messageId());
            }
        }

        assertThat(asked).isEqualTo(expected);
        eventually(() -> assertThat(heard.receipts).isEqualTo(expected));
    }

    @Test
    void anAnswerToNoQuestionEndsTheConnection() {
        signIn(activatedFolder());

        peer.send(new GatewayFrame.InquiryAnswer(MessageId.random(), true));

        eventually(() ->
                assertThat(heard.disconnections).singleElement().isInstanceOf(Disconnection.ProtocolBroken.class));
    }

    @Test
    void noReceiptIsWaitedForLongerThanTheMessageLives() {
        var store = activatedFolder();
        store.write(List.of(new Change.Queued(new AwaitedReceipt(
                        MessageId.random(), BOB, Instant.now().minusSeconds(1)))))
                .toCompletableFuture()
                .join();

        signIn(store);

        peer.expectNothingMore();
    }

    @Test
    void aMessageSaysWhetherItWasSentBefore() {
        var store = activatedFolder();
        signIn(store);
        send(device, BOB, "asked twice");
        assertThat(peer.expect(DeviceFrame.Send.class).askedBefore()).isFalse();
        peer.hangUp();

        peer = gateway.nextConnection().signIn(activationIn(store));
        assertThat(peer.expect(DeviceFrame.Send.class).askedBefore()).isTrue();
        get(device.close());

        signIn(folder());
        assertThat(peer.expect(DeviceFrame.Send.class).askedBefore()).isTrue();
    }
}
