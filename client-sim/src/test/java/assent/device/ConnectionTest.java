package assent.device;

import static assent.device.Fixtures.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.protocol.consent.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whom a device trusts, how it comes back, and when it does not.
class ConnectionTest extends DeviceTestBase {
    @Test
    void anActivatedDeviceComesBackByItself() {
        var store = activatedFolder();
        var activation = activationIn(store);
        open(store).connect();

        for (int i = 0; i < 5; i++) {
            gateway.nextConnection().signIn(activation).hangUp();
        }

        gateway.nextConnection().signIn(activation).expectNothingMore();
    }

    @Test
    void aDeviceThatWasDisconnectedByItsAppStaysAway() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store);
        device.connect();
        gateway.nextConnection().signIn(activation);

        device.disconnect();

        eventually(() -> assertThat(heard.disconnections).containsExactly(new Disconnection.Asked()));
        assertThat(gateway.hasConnection()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "SIGN_IN_REFUSED, SIGN_IN_REFUSED",
        "ACTIVATION_REPLACED, ACTIVATION_REPLACED",
        "WITHDRAWN, WITHDRAWN",
        "VERSION_UNSUPPORTED, VERSION_UNSUPPORTED",
        "SESSION_TAKEN_OVER, SESSION_TAKEN_OVER",
        "FRAME_UNEXPECTED, SENT_AWAY"
    })
    void aGoodbyeForGoodStopsTheDeviceAndTellsTheApp(Reason reason, StopReason stop) {
        var store = activatedFolder();
        var activation = activationIn(store);
        open(store).connect();
        var peer = gateway.nextConnection().signIn(activation);

        peer.send(new GatewayFrame.Goodbye(reason, Optional.empty()));

        eventually(() -> assertThat(heard.stops).containsExactly(stop));
        assertThat(gateway.hasConnection()).isFalse();
    }

    @Test
    void aGoodbyeWithATimeToComeBackIsObeyed() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store);
        var answer = device.connect();
        var retryAfter = Duration.ofMillis(300);
        var peer = gateway.nextConnection();
        peer.expect(DeviceFrame.Hello.class);

        peer.send(new GatewayFrame.Goodbye(Reason.SHUTTING_DOWN, Optional.of(retryAfter)));

        var notConnected = get(answer, ConnectAnswer.NotConnected.class);
        assertThat(notConnected.nextAttemptIn().orElseThrow()).isBetween(retryAfter, retryAfter.multipliedBy(2));
        gateway.nextConnection().signIn(activation);
        assertThat(heard.stops).isEmpty();
    }

    @Test
    void aStoppedDeviceStartsAgainWhenTheAppSaysSo() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store);
        device.connect();
        var peer = gateway.nextConnection().signIn(activation);
        peer.send(new GatewayFrame.Goodbye(Reason.SESSION_TAKEN_OVER, Optional.empty()));
        eventually(() -> assertThat(heard.stops).hasSize(1));
        peer.hangUp();
        eventually(() -> assertThat(heard.disconnections).hasSize(1));

        var answer = device.connect();
        gateway.nextConnection().signIn(activation);

        get(answer, ConnectAnswer.SignedIn.class);
    }

    @Test
    void aReplacedDeviceCanForgetAndActivateAnew() {
        var device = open(activatedFolder());

        get(device.forget());
        var answer = device.connect();
        gateway.nextConnection().welcome();

        get(answer, ConnectAnswer.Greeted.class);
        assertThat(parent.resolve("device/key")).doesNotExist();
    }

    @Test
    void aQuietDevicePingsAndComesBackWhenNothingIsHeardForThreeHeartbeats() {
        gateway.limited(new ScriptedGateway.Limitation(Duration.ofMillis(200), 10, 10));
        var store = activatedFolder();
        var activation = activationIn(store);
        open(store).connect();
        var silent = gateway.nextConnection().signIn(activation);

        silent.expect(DeviceFrame.Ping.class);

        gateway.nextConnection();
        eventually(() -> assertThat(heard.disconnections).hasAtLeastOneElementOfType(Disconnection.Silent.class));
    }

    @Test
    void aGatewayThatDoesNotAnswerHelloIsGivenUp() {
        var limits = new DeviceLimits(10, 10, 1, Duration.ZERO, LIMITS.connectTimeout(), Duration.ofMillis(50));
        var device = open(new InMemoryDeviceStore(), heard, config().with(limits));

        var answer = get(device.connect(), ConnectAnswer.NotConnected.class);

        assertThat(answer.why()).isInstanceOf(Disconnection.Silent.class);
    }

    @Test
    void aFrameThatDoesNotFitEndsTheConnection() {
        var device = open(new InMemoryDeviceStore());
        var answer = device.connect();
        var peer = gateway.nextConnection();

        peer.send(new GatewayFrame.SignedIn(1));

        assertThat(get(answer, ConnectAnswer.NotConnected.class).why())
                .isInstanceOf(Disconnection.ProtocolBroken.class);
    }

    @Test
    void anotherSigningKeyThanAtActivationIsReported() {
        var folder = folder();
        var activation = Fixtures.activation(BOB, KeyPair.generate());
        folder.write(java.util.List.of(new Change.Activated(activation)))
                .toCompletableFuture()
                .join();
        open(folder).connect();

        gateway.nextConnection().signIn(activation);

        eventually(() -> assertThat(heard.changedKeys)
                .containsExactly(gateway.signingKey().publicKey()));
    }

    @Test
    void callbacksMayRunOnTheEventLoopItself() {
        try (var inline = DeviceNetwork.open(gateway.pinned(), NetworkSettings.inline(1))) {
            var store = new InMemoryDeviceStore();
            var activation = Fixtures.activation(BOB, gateway.signingKey());
            store.write(java.util.List.of(new Change.Activated(activation)));
            var device = Device.open(inline, config(), store, heard, Clock.systemUTC());
            device.connect();
            var peer = gateway.nextConnection().signIn(activation);
            var sent = send(device, BOB, "hello");

            var frame = peer.expect(DeviceFrame.Send.class);
            peer.send(GatewayFrame.SendResult.of(frame.messageId(), assent.protocol.Outcome.DELIVERED));

            assertThat(get(sent.outcome())).isEqualTo(new SendOutcome.Delivered());
            get(device.close());
        }
    }

    @Test
    void aClosedDeviceSendsAndConnectsNoMore() {
        var device = open(activatedFolder());
        get(device.close());

        assertThat(device.connect()).failsWithin(ScriptedGateway.PATIENCE);
        assertThat(get(send(device, BOB, "too late").outcome()))
                .isEqualTo(new SendOutcome.NoResult(SendOutcome.NoResultCause.CLOSED));
    }
}
