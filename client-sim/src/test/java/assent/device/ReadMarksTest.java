package assent.device;

import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.BodyType;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.ReadMark;
import assent.protocol.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whoever allows read marks sends them and hears of them; nobody else does either.
@SuppressWarnings("NullAway.Init") // each test signs in first
class ReadMarksTest extends ReceivingTestBase {
    private DeviceStore store;
    private Device device;
    private ScriptedPeer peer;
    private long deliveries;

    private void signIn(boolean allowed) {
        store = activatedFolder();
        open();
        allow(allowed);
    }

    private void open() {
        device = open(store);
        device.connect();
        peer = gateway.nextConnection().signIn(activationIn(store));
        deliveries = 0;
    }

    private void restart() {
        get(device.close());
        store = folder();
        open();
    }

    private void allow(boolean allowed) {
        assertThat(get(device.allowReadMarks(allowed))).isTrue();
    }

    private MessageId sent(PhoneNumber to, Outcome outcome) {
        var sent = send(device, to, "read me");
        var frame = peer.expect(DeviceFrame.Send.class);
        peer.send(GatewayFrame.SendResult.of(frame.messageId(), outcome));
        get(sent.outcome());
        return sent.messageId();
    }

    private void deliver(MessageId id, PhoneNumber from, Body body) {
        peer.send(new GatewayFrame.Deliver(++deliveries, id, from, body, Instant.EPOCH));
        expectAcknowledged(peer, deliveries);
    }

    private void deliverMark(PhoneNumber from, MessageId... texts) {
        deliver(MessageId.random(), from, new ReadMark(List.of(texts)).body());
    }

    /// A text of this sender is shown, and the app has it.
    private ReceivedMessage shown(PhoneNumber from, boolean wanted) {
        var body = Body.text("hello");
        deliver(MessageId.random(), from, wanted ? body.wantingReadMark() : body);
        return heard.messages.getLast();
    }

    private static List<MessageId> marked(DeviceFrame.Send send) {
        return ReadMark.of(send.body().orElseThrow()).orElseThrow().texts();
    }

    @Test
    void aTextAsksForAMarkOnlyIfItsUserAllowsThem() {
        signIn(false);
        send(device, BOB, "first");
        assertThat(peer.expect(DeviceFrame.Send.class).body().orElseThrow().readMarkWanted())
                .isFalse();

        allow(true);
        send(device, BOB, "second");

        assertThat(peer.expect(DeviceFrame.Send.class).body().orElseThrow().readMarkWanted())
                .isTrue();
        assertThat(get(device.readMarksAllowed())).isTrue();
    }

    @Test
    void aMarkForATextThatWasSentToThatNumberIsToldOnceAndNotShown() {
        signIn(true);
        var id = sent(BOB, Outcome.DELIVERED);

        deliverMark(BOB, id);
        deliverMark(BOB, id, id);

        eventually(() -> assertThat(heard.read).containsExactly(id));
        assertThat(heard.messages).isEmpty();
        assertThat(store.kept().unread()).isEmpty();
        peer.expectNothingMore();
    }

    @Test
    void aMarkThatIsDeliveredTwiceIsToldOnce() {
        signIn(true);
        var first = sent(BOB, Outcome.DELIVERED);
        var markId = MessageId.random();

        deliver(markId, BOB, new ReadMark(List.of(first)).body());
        var second = sent(BOB, Outcome.DELIVERED);
        deliver(markId, BOB, new ReadMark(List.of(second)).body()); // the same message, so its bytes count for nothing

        eventually(() -> assertThat(heard.read).containsExactly(first));
    }

    @Test
    void nobodyElseCanMarkATextAndAnUnknownOrMalformedMarkSaysNothing() {
        signIn(true);
        var id = sent(BOB, Outcome.DELIVERED);

        deliverMark(CAROL, id);
        deliverMark(BOB, MessageId.random());
        deliver(MessageId.random(), BOB, Body.wrap(BodyType.READ_MARK, new byte[15]));
        deliver(MessageId.random(), BOB, Body.wrap(BodyType.READ_MARK, new byte[16 * 65]));
        shown(BOB, false);

        assertThat(heard.read).isEmpty();
        assertThat(heard.messages).hasSize(1);
        assertThat(store.kept().unread()).containsExactly(new UnreadText(id, BOB));
    }

    @Test
    void aTextThatFellBackOrWasRefusedIsNotWaitedFor() {
        signIn(true);
        var refused = send(device, BOB, "refused");
        peer.send(GatewayFrame.SendResult.refused(
                peer.expect(DeviceFrame.Send.class).messageId(), Reason.BODY_INVALID, Optional.empty()));
        get(refused.outcome());
        var fellBack = device.send(BOB, Body.text("urgent"), new DeliveryOption.CloudThenSms(Duration.ofSeconds(30)));
        peer.send(GatewayFrame.SendResult.of(peer.expect(DeviceFrame.Send.class).messageId(), Outcome.FALL_BACK));
        get(fellBack.outcome());

        deliverMark(BOB, refused.messageId(), fellBack.messageId());

        assertThat(heard.read).isEmpty();
        assertThat(store.kept().unread()).isEmpty();
    }

    @Test
    void aTextThatWasReadIsMarkedIfItAskedAndThisUserAllowsIt() {
        signIn(true);
        var asking = shown(BOB, true);
        var notAsking = shown(BOB, false);

        device.read(List.of(asking, notAsking));

        var mark = peer.expect(DeviceFrame.Send.class);
        assertThat(mark.to()).isEqualTo(BOB.e164());
        assertThat(marked(mark)).containsExactly(asking.messageId());
        assertThat(mark.body().orElseThrow().readMarkWanted()).isFalse();
        assertThat(mark.delivery()).contains(new DeliveryOption.CloudOnly(Duration.ofDays(7)));
        allow(false);
        device.read(List.of(asking));
        get(device.readMarksAllowed()); // after the reading
        assertThat(store.kept().outbox()).isEmpty();
    }

    @Test
    void whatBecomesOfAMarkIsToldToNobody() {
        signIn(true);
        for (Outcome outcome : List.of(Outcome.DELIVERED, Outcome.QUEUED)) {
            device.read(List.of(shown(BOB, true)));
            var mark = peer.expect(DeviceFrame.Send.class);
            assertThat(get(device.outbox())).isEmpty();
            peer.send(GatewayFrame.SendResult.of(mark.messageId(), outcome));
        }
        device.read(List.of(shown(BOB, true)));
        peer.send(GatewayFrame.SendResult.refused(
                peer.expect(DeviceFrame.Send.class).messageId(), Reason.SUSPENDED, Optional.empty()));

        eventually(() -> assertThat(store.kept().outbox()).isEmpty());
        assertThat(store.kept().awaited()).isEmpty();
        assertThat(heard.outcomes).isEmpty();
    }

    @Test
    void aPhoneThatIsAwayGathersOneMarkForEachSender() {
        signIn(true);
        var texts = IntStream.range(0, 70).mapToObj(_ -> shown(BOB, true)).toList();
        var carols = shown(CAROL, true);
        peer.hangUp();
        device.disconnect();

        texts.forEach(text -> device.read(List.of(text)));
        device.read(List.of(carols));
        device.connect();
        peer = gateway.nextConnection().signIn(activationIn(store));

        assertThat(marked(peer.expect(DeviceFrame.Send.class))).isEqualTo(ids(texts.subList(0, 64)));
        assertThat(marked(peer.expect(DeviceFrame.Send.class))).isEqualTo(ids(texts.subList(64, 70)));
        assertThat(peer.expect(DeviceFrame.Send.class).to()).isEqualTo(CAROL.e164());
        peer.expectNothingMore();
    }

    private static List<MessageId> ids(List<ReceivedMessage> texts) {
        return texts.stream().map(ReceivedMessage::messageId).toList();
    }

    @Test
    void manyTextsOfOneReadingGoInAsFewMarksAsTheyFitInto() {
        signIn(true);
        var texts = IntStream.range(0, 65).mapToObj(_ -> shown(BOB, true)).toList();

        device.read(texts);

        assertThat(marked(peer.expect(DeviceFrame.Send.class))).isEqualTo(ids(texts.subList(0, 64)));
        assertThat(marked(peer.expect(DeviceFrame.Send.class))).isEqualTo(ids(texts.subList(64, 65)));
        peer.expectNothingMore();
    }

    @Test
    void switchingOffDropsTheMarksThatWaitAndForgetsTheTextsThatAsked() {
        signIn(true);
        var asked = sent(BOB, Outcome.QUEUED);
        var read = shown(BOB, true);
        peer.hangUp();
        device.disconnect();
        device.read(List.of(read));

        allow(false);
        device.connect();
        peer = gateway.nextConnection().signIn(activationIn(store));
        peer.expect(DeviceFrame.Inquire.class);
        peer.expectNothingMore();
        deliveries = 0;
        deliverMark(BOB, asked);

        assertThat(heard.read).isEmpty();
        assertThat(store.kept().outbox()).isEmpty();
    }

    @Test
    void choiceQuestionsAndMarksSurviveARestart() {
        signIn(true);
        var asked = sent(BOB, Outcome.DELIVERED);
        var read = shown(BOB, true);
        peer.hangUp();
        device.disconnect();
        device.read(List.of(read));
        get(device.readMarksAllowed());

        restart();

        var mark = peer.expect(DeviceFrame.Send.class);
        assertThat(marked(mark)).containsExactly(read.messageId());
        deliverMark(BOB, asked);
        eventually(() -> assertThat(heard.read).containsExactly(asked));
        assertThat(get(device.readMarksAllowed())).isTrue();
    }

    @Test
    void aMarkThatTheProcessDiedOnIsToldAfterTheRestart() {
        store = activatedFolder();
        var text = new UnreadText(MessageId.random(), BOB);
        var mark = new ReceivedMessage(
                BOB, MessageId.random(), new ReadMark(List.of(text.messageId())).body(), Instant.EPOCH);
        store.write(List.of(new Change.ReadMarksAllowed(true), new Change.Unread(text), new Change.Received(mark)))
                .toCompletableFuture()
                .join();

        device = open(store);

        eventually(() -> assertThat(heard.read).containsExactly(text.messageId()));
        eventually(() -> assertThat(store.kept().unshown()).isEmpty());
        assertThat(heard.messages).isEmpty();
    }

    @Test
    void marksLeaveHalfOfTheOutboxToTexts() {
        store = activatedFolder();
        device = open(
                store,
                heard,
                config().with(new DeviceLimits(
                        2, 256, 5, Duration.ofMinutes(2), Duration.ofSeconds(10), Duration.ofSeconds(30))));
        allow(true);
        var text = send(device, BOB, "takes a place");

        device.read(List.of(
                new ReceivedMessage(CAROL, MessageId.random(), Body.text("read").wantingReadMark(), Instant.EPOCH)));
        get(device.readMarksAllowed());

        assertThat(store.kept().outbox()).extracting(OutgoingMessage::messageId).containsExactly(text.messageId());
    }

    @Test
    void withoutAnActivationThereIsNoChoice() {
        store = folder();
        device = open(store);

        assertThat(get(device.allowReadMarks(true))).isFalse();
        assertThat(get(device.readMarksAllowed())).isFalse();
    }
}
