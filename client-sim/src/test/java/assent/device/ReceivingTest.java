package assent.device;

import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.CAROL;
import static assent.device.ScriptedPeer.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.MessageId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each message is shown once, and acknowledged only when it is safe.
class ReceivingTest extends ReceivingTestBase {
    @Test
    void aMessageIsShownAndAcknowledged() {
        var peer = signedIn(activatedFolder());

        peer.send(delivery(1, MessageId.random(), BOB, "hello"));

        expectAcknowledged(peer, 1);
        assertThat(heard.texts()).containsExactly("hello");
        assertThat(heard.messages.getFirst().from()).isEqualTo(BOB);
    }

    @Test
    void aMessageThatIsDeliveredTwiceIsShownOnceAndAcknowledgedTwice() {
        var peer = signedIn(activatedFolder());
        var id = MessageId.random();

        peer.send(delivery(1, id, BOB, "once"));
        expectAcknowledged(peer, 1);
        peer.send(delivery(2, id, BOB, "once"));
        expectAcknowledged(peer, 2);

        assertThat(heard.texts()).containsExactly("once");
    }

    @Test
    void aMessageThatIsDeliveredTwiceInOneReadIsShownOnce() {
        var peer = signedIn(activatedFolder());
        var id = MessageId.random();

        peer.send(delivery(1, id, BOB, "once"), delivery(2, id, BOB, "once"));

        expectAcknowledged(peer, 2);
        assertThat(heard.texts()).containsExactly("once");
    }

    @Test
    void twoSendersMayChooseTheSameId() {
        var peer = signedIn(activatedFolder());
        var id = MessageId.random();

        peer.send(delivery(1, id, BOB, "from Bob"), delivery(2, id, CAROL, "from Carol"));

        expectAcknowledged(peer, 2);
        assertThat(heard.texts()).containsExactly("from Bob", "from Carol");
    }

    @Test
    void nothingIsAcknowledgedWhileTheAppStillHasIt() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var release = new CountDownLatch(1);
        open(store, _ -> awaitQuietly(release), config()).connect();
        var peer = gateway.nextConnection().signIn(activation);

        peer.send(delivery(1, MessageId.random(), BOB, "slow"));
        peer.expectNothingMore();
        release.countDown();

        expectAcknowledged(peer, 1);
    }

    @Test
    void anAppThatFailsOnAMessageGetsTheNextOneAndNotTheSameAgain() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var failing = new RecordingListener() {
            @Override
            public void onMessage(ReceivedMessage message) {
                super.onMessage(message);
                throw new IllegalStateException("the app fails");
            }
        };
        open(store, failing, config()).connect();
        var peer = gateway.nextConnection().signIn(activation);

        peer.send(delivery(1, MessageId.random(), BOB, "first"), delivery(2, MessageId.random(), BOB, "second"));

        expectAcknowledged(peer, 2);
        assertThat(failing.texts()).containsExactly("first", "second");
    }

    @Test
    void manyMessagesComeInOrderWithFarFewerAcknowledgements() {
        gateway.limited(new ScriptedGateway.Limitation(Duration.ofSeconds(60), 100, 10_000));
        var peer = signedIn(activatedFolder());
        var deliveries = IntStream.rangeClosed(1, 5_000)
                .mapToObj(n -> delivery(n, MessageId.random(), BOB, "text " + n))
                .toArray(assent.protocol.GatewayFrame[]::new);

        peer.send(deliveries);

        long through = 0;
        int acknowledgements = 0;
        while (through < 5_000) {
            through = peer.expect(DeviceFrame.Acknowledge.class).through();
            acknowledgements++;
        }
        assertThat(acknowledgements).isLessThan(2_500);
        assertThat(heard.texts())
                .isEqualTo(IntStream.rangeClosed(1, 5_000)
                        .mapToObj(n -> "text " + n)
                        .toList());
    }

    @Test
    void aGapInTheDeliveryNumbersEndsTheConnection() {
        var peer = signedIn(activatedFolder());

        peer.send(delivery(2, MessageId.random(), BOB, "second first"));

        eventually(
                () -> assertThat(heard.disconnections).hasAtLeastOneElementOfType(Disconnection.ProtocolBroken.class));
        assertThat(heard.messages).isEmpty();
    }

    @Test
    void moreDeliveriesThanTheGatewayPromisedEndTheConnection() {
        gateway.limited(new ScriptedGateway.Limitation(Duration.ofSeconds(60), 100, 2));
        var store = activatedFolder();
        var activation = activationIn(store);
        var release = new CountDownLatch(1);
        var listener = new RecordingListener() {
            @Override
            public void onMessage(ReceivedMessage message) {
                awaitQuietly(release);
            }
        };
        open(store, listener, config()).connect();
        var peer = gateway.nextConnection().signIn(activation);

        peer.send(
                delivery(1, MessageId.random(), BOB, "1"),
                delivery(2, MessageId.random(), BOB, "2"),
                delivery(3, MessageId.random(), BOB, "3"));

        eventually(() -> assertThat(peer.isClosed()).isTrue());
        release.countDown();
        eventually(() ->
                assertThat(listener.disconnections).hasAtLeastOneElementOfType(Disconnection.ProtocolBroken.class));
    }
}
