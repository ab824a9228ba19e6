package assent.device;

import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Messages with a deadline become SMS once, by the gateway's word or the device's own clock.
class FallingBackTest extends SendingTestBase {
    private static final Duration DEADLINE = Duration.ofMillis(200);
    private static final Duration MARGIN = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);

    private DeviceConfig quick() {
        return config().with(LIMITS.withFallbackMargin(MARGIN));
    }

    private static SentMessage urgent(Device device, Duration deadline) {
        return device.send(BOB, Body.text("urgent"), new DeliveryOption.CloudThenSms(deadline));
    }

    private static void expectFallBack(SentMessage sent) {
        assertThat(get(sent.outcome())).isInstanceOf(SendOutcome.FallBack.class);
    }

    private void expectHandedOver(SentMessage sent) {
        eventually(() -> assertThat(heard.fallbacks)
                .extracting(OutgoingMessage::messageId)
                .containsExactly(sent.messageId()));
    }

    @Test
    void theGatewaysWordIsHandedToTheAppOnce() {
        var signed = signedIn();
        var sent = urgent(signed.device(), LONG);
        var frame = expectSend(signed.peer());
        signed.peer().send(GatewayFrame.SendResult.of(frame.messageId(), Outcome.FALL_BACK));

        expectFallBack(sent);
        expectHandedOver(sent);
        assertThat(heard.fallbacks.getFirst().body().toUtf8()).isEqualTo("urgent");
        get(signed.device().close());
        get(open(folder()).outbox());
        expectHandedOver(sent);
    }

    @Test
    void whatIsDeliveredDoesNotBecomeAnSms() {
        var signed = signedIn(quick());
        var sent = urgent(signed.device(), DEADLINE);
        var frame = expectSend(signed.peer());
        signed.peer().send(GatewayFrame.SendResult.of(frame.messageId(), Outcome.DELIVERED));
        assertThat(get(sent.outcome())).isEqualTo(new SendOutcome.Delivered());

        var later = urgent(signed.device(), DEADLINE.plus(MARGIN));

        expectFallBack(later);
        expectHandedOver(later);
    }

    @Test
    void aGatewayThatSaysNothingIsWaitedForUntilDeadlineAndMarginAreOver() {
        var signed = signedIn(quick());
        long before = System.nanoTime();
        var sent = urgent(signed.device(), DEADLINE);
        expectSend(signed.peer());

        expectFallBack(sent);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(DEADLINE.plus(MARGIN));
        assertThat(heard.disconnections).isEmpty();
        signed.peer().expectNothingMore();
    }

    @Test
    void aLateResultChangesNothing() {
        var signed = signedIn(quick());
        var sent = urgent(signed.device(), DEADLINE);
        var frame = expectSend(signed.peer());
        expectFallBack(sent);

        signed.peer().send(GatewayFrame.SendResult.of(frame.messageId(), Outcome.DELIVERED));
        signed.peer().send(GatewayFrame.SendResult.of(frame.messageId(), Outcome.FALL_BACK));
        send(signed.device(), CAROL, "next");

        assertThat(textOf(expectSend(signed.peer()))).isEqualTo("next");
        expectHandedOver(sent);
        assertThat(heard.outcomes).containsExactly(new SendOutcome.FallBack(SendOutcome.FallBackCause.OWN_CLOCK));
    }

    @Test
    void aMessageThatWasNeverSentFallsBackAtItsDeadlineAndIsNotSentLater() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store, heard, config());
        long before = System.nanoTime();
        var sent = urgent(device, DEADLINE);

        expectFallBack(sent);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(DEADLINE, Duration.ofSeconds(8));
        device.connect();
        var peer = gateway.nextConnection().signIn(activation);
        send(device, CAROL, "next");
        assertThat(textOf(expectSend(peer))).isEqualTo("next");
    }

    @Test
    void aDeviceThatLosesItsGatewayFallsBackByItself() {
        var signed = signedIn(quick());
        var sent = urgent(signed.device(), DEADLINE);
        expectSend(signed.peer());
        signed.device().disconnect();

        expectFallBack(sent);
        expectHandedOver(sent);
    }

    @Test
    void aMessageIsAskedForAgainOnTheNextConnection() {
        var signed = signedIn();
        var sent = urgent(signed.device(), LONG);
        var frame = expectSend(signed.peer());
        signed.peer().hangUp();
        var next = gateway.nextConnection().signIn(signed.activation());

        assertThat(expectSend(next)).isEqualTo(again(frame));
        next.send(GatewayFrame.SendResult.of(frame.messageId(), Outcome.DELIVERED));

        assertThat(get(sent.outcome())).isEqualTo(new SendOutcome.Delivered());
    }

    @Test
    void aMessageIsNotAskedForForEver() {
        var signed = signedIn(quick());
        var sent = urgent(signed.device(), DEADLINE);
        long before = System.nanoTime();
        var peer = signed.peer();
        while (!sent.outcome().isDone() && System.nanoTime() - before < LONG.toNanos()) {
            peer.hangUp();
            peer = gateway.nextConnection().signIn(signed.activation());
        }

        expectFallBack(sent);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aGatewayThatGoesOnRefusingDoesNotKeepATextFromBecomingAnSms() {
        var signed = signedIn(quick());
        var sent = urgent(signed.device(), DEADLINE);
        for (int tries = 0; tries <= LIMITS.refusalRetriesMax(); tries++) {
            var frame = expectSend(signed.peer());
            signed.peer()
                    .send(GatewayFrame.SendResult.refused(
                            frame.messageId(), Reason.STORE_UNAVAILABLE, Optional.of(SOON)));
        }

        expectFallBack(sent);
        expectHandedOver(sent);
    }

    @Test
    void aSlowTextWithADeadlineDoesNotEndTheConnection() {
        var limits = new DeviceLimits(
                10, 256, 5, LIMITS.refusalWaitMax(), LIMITS.connectTimeout(), Duration.ofMillis(50), LONG);
        var signed = signedIn(config().with(limits));
        urgent(signed.device(), LONG);
        expectSend(signed.peer());

        await().pollDelay(Duration.ofMillis(300)).until(() -> true); // six answer timeouts

        assertThat(heard.disconnections).isEmpty();
    }

    @Test
    void aRestartedDeviceWaitsForDeadlineAndMarginAnewAndFallsBackOnce() {
        var signed = signedIn();
        var sent = urgent(signed.device(), DEADLINE);
        expectSend(signed.peer());
        get(signed.device().close());

        long before = System.nanoTime();
        open(folder(), heard, quick());

        expectHandedOver(sent);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(DEADLINE.plus(MARGIN));
    }

    /// The copy of the folder is what a process that is killed now leaves behind.
    @Test
    void aDeviceThatIsKilledBeforeTheAppHadItHandsItOverAfterTheRestartAndDoesNotSendIt() throws Exception {
        var inApp = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var slow = new RecordingListener() {
            @Override
            public void onFallBack(OutgoingMessage message) {
                inApp.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store, slow, config());
        var sent = urgent(device, DEADLINE);
        inApp.await();
        Path killed = copyOfFolder();
        release.countDown();

        var revived = open(DeviceFolder.open(killed, network.journals()));

        expectHandedOver(sent);
        revived.connect();
        var peer = gateway.nextConnection().signIn(activation);
        send(revived, CAROL, "next");
        assertThat(peer.expect(DeviceFrame.Send.class).to()).isEqualTo(CAROL.e164());
        get(revived.close());
        get(open(DeviceFolder.open(killed, network.journals())).outbox());
        expectHandedOver(sent);
    }

    private Path copyOfFolder() throws IOException {
        Path copy = parent.resolve("killed");
        Files.createDirectory(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String name : new String[] {"key", "journal"}) {
            Files.copy(parent.resolve("device").resolve(name), copy.resolve(name));
        }
        Files.setPosixFilePermissions(copy.resolve("key"), PosixFilePermissions.fromString("rw-------"));
        return copy;
    }
}
