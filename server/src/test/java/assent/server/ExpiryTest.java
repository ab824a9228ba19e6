package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.support.MovableClock;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What time takes away, on a clock that the test moves.
class ExpiryTest {
    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder, Map.of(), clock);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aCodeIsGoodForFiveMinutesAndNoLonger() {
        try (RawPhone phone = gateway.phone()) {
            phone.claim(phone.approve(), ProofMethod.SMS_CODE);
            var sent = phone.peer().expect(GatewayFrame.CodeSent.class);
            String code = gateway.codeFor(phone.number);

            clock.move(sent.expiresIn());
            phone.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), code));

            assertThat(phone.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.CODE_EXPIRED);
        }
    }

    @Test
    void aCodeIsGoodUntilItsLastMoment() {
        try (RawPhone phone = gateway.phone()) {
            phone.claim(phone.approve(), ProofMethod.SMS_CODE);
            var sent = phone.peer().expect(GatewayFrame.CodeSent.class);
            String code = gateway.codeFor(phone.number);

            clock.move(sent.expiresIn().minusMillis(1));
            phone.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), code));

            assertThat(phone.peer().expect(GatewayFrame.Activated.class)).isNotNull();
        }
    }

    @Test
    void aTextToSendIsGoodForFiveMinutesAndNoLonger() throws Exception {
        try (RawPhone phone = gateway.phone()) {
            phone.claim(phone.approve(), ProofMethod.DEVICE_SMS);
            var requested = phone.peer().expect(GatewayFrame.SmsRequested.class);

            clock.move(requested.expiresIn());
            gateway.handset(phone.number).send(requested.serviceNumber(), requested.text());
            phone.peer().send(new DeviceFrame.Ping(1));

            assertThat(phone.peer().expect(GatewayFrame.Pong.class).token()).isEqualTo(1);
        }
    }

    @Test
    void aConsentThatWasNotClaimedInTimeIsNoGroundForAClaim() {
        try (RawPhone phone = gateway.phone()) {
            var accepted = phone.approve();

            clock.move(accepted.expiresIn());
            phone.claim(accepted, ProofMethod.SMS_CODE);

            assertThat(phone.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.CONSENT_EXPIRED);
        }
    }

    @Test
    void triesComeBackWhenTheirHourIsOver() {
        try (RawPhone phone = gateway.phone()) {
            var accepted = phone.approve();
            phone.claim(accepted, ProofMethod.SMS_CODE);
            var sent = phone.peer().expect(GatewayFrame.CodeSent.class);
            phone.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), "no code"));
            assertThat(phone.peer().expect(GatewayFrame.Refused.class).triesLeft())
                    .isEqualTo(4);

            clock.move(Duration.ofHours(1));
            phone.reconnect();
            phone.claim(phone.approve(), ProofMethod.SMS_CODE);

            assertThat(phone.peer().expect(GatewayFrame.CodeSent.class).triesLeft())
                    .isEqualTo(5);
        }
    }

    @Test
    void aTextThatWaitedLongerThanItsSenderWishedIsNotDelivered() {
        try (RawPhone asha = gateway.phone();
                RawPhone ben = gateway.phone()) {
            asha.activate();
            var bens = ben.activate();
            ben.reconnect();
            MessageId lasting = MessageId.random();
            queue(asha, ben, MessageId.random(), Duration.ofMinutes(1));
            queue(asha, ben, lasting, Duration.ofHours(1));

            clock.move(Duration.ofMinutes(1));
            ben.signIn(bens.deviceId());
            ben.peer().expect(GatewayFrame.SignedIn.class);

            assertThat(ben.peer().expect(GatewayFrame.Deliver.class).messageId())
                    .isEqualTo(lasting);
        }
    }

    private static void queue(RawPhone from, RawPhone to, MessageId id, Duration lifetime) {
        from.peer()
                .send(new DeviceFrame.Send(
                        id,
                        to.number.e164(),
                        Optional.of(Body.text("waiting")),
                        Optional.of(new DeliveryOption.CloudOnly(lifetime))));
        assertThat(from.peer().expect(GatewayFrame.SendResult.class).outcome()).isEqualTo(Outcome.QUEUED);
    }
}
