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
import assent.server.support.AnnaAndBen;
import assent.server.support.MovableClock;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What time ends, and what it does not. The gateway goes by a clock that the test moves.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpiryTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration CODE_LIFE = Duration.ofMinutes(5);
    private static final Duration CONSENT_LIFE = Duration.ofHours(1);
    private static final Duration WINDOW = Duration.ofHours(1);

    private final MovableClock clock = new MovableClock();
    private TestGateway gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(folder, java.util.Map.of(), clock);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void aCodeIsGoodUntilItsLastMomentAndNoLonger() {
        try (RawPhone inTime = gateway.phone();
                RawPhone tooLate = gateway.phone()) {
            var good = claimed(inTime);
            var old = claimed(tooLate);
            clock.move(CODE_LIFE.minusMillis(1));
            answer(inTime, good, gateway.codeFor(inTime.number));
            inTime.peer().expect(GatewayFrame.Activated.class);

            clock.move(Duration.ofMillis(1));
            answer(tooLate, old, gateway.codeFor(tooLate.number));

            var refused = tooLate.peer().expect(GatewayFrame.Refused.class);
            assertThat(refused.reason()).isEqualTo(Reason.CODE_EXPIRED);
        }
    }

    @Test
    void anExpiredCodeCostsNoTryAndANewOneCanBeAskedFor() {
        try (RawPhone phone = gateway.phone()) {
            var accepted = phone.approve();
            phone.claim(accepted, ProofMethod.SMS_CODE);
            var old = phone.peer().expect(GatewayFrame.CodeSent.class);
            String oldCode = gateway.codeFor(phone.number);
            clock.move(CODE_LIFE);
            answer(phone, old, oldCode);
            assertThat(phone.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.CODE_EXPIRED);

            phone.claim(accepted, ProofMethod.SMS_CODE);

            assertThat(phone.peer().expect(GatewayFrame.CodeSent.class).triesLeft())
                    .isEqualTo(5);
        }
    }

    @Test
    void aTextThatIsSentTooLateActivatesNothing() throws Exception {
        try (RawPhone phone = gateway.phone()) {
            phone.claim(phone.approve(), ProofMethod.DEVICE_SMS);
            var requested = phone.peer().expect(GatewayFrame.SmsRequested.class);
            clock.move(CODE_LIFE);

            gateway.handset(phone.number).send(requested.serviceNumber(), requested.text());

            assertThat(phone.hasNothingMore()).isTrue();
            assertThat(gateway.meter("assent.sessions.live")).isZero();
        }
    }

    @Test
    void anApprovalThatIsNotClaimedInTimeIsVoid() {
        try (RawPhone phone = gateway.phone()) {
            var accepted = phone.approve();
            assertThat(accepted.expiresIn()).isEqualTo(CONSENT_LIFE);
            clock.move(CONSENT_LIFE);

            phone.claim(accepted, ProofMethod.SMS_CODE);

            assertThat(phone.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.CONSENT_EXPIRED);
            assertThat(gateway.handset(phone.number).inbox()).isEmpty();
        }
    }

    @Test
    void aCodeInTimeDoesNotSaveAnApprovalThatHasExpired() {
        try (RawPhone phone = gateway.phone()) {
            var accepted = phone.approve();
            clock.move(CONSENT_LIFE.minus(SECOND));
            phone.claim(accepted, ProofMethod.SMS_CODE);
            var sent = phone.peer().expect(GatewayFrame.CodeSent.class);
            clock.move(SECOND);

            answer(phone, sent, gateway.codeFor(phone.number));

            assertThat(phone.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.CONSENT_EXPIRED);
            assertThat(gateway.meter("assent.sessions.live")).isZero();
        }
    }

    @Test
    void aTextIsNotDeliveredAfterItsTime() {
        var both = AnnaAndBen.connected(gateway);
        try (RawPhone anna = both.anna();
                RawPhone ben = both.ben()) {
            ben.goAway();
            gateway.awaitLive(1);
            send(anna, ben, "short-lived", Duration.ofMinutes(1));
            send(anna, ben, "long-lived", Duration.ofMinutes(2));
            send(anna, ben, "as long as possible", Duration.ZERO);

            clock.move(Duration.ofMinutes(1));
            ben.comeBack();

            assertThat(ben.delivery().body().toUtf8()).isEqualTo("long-lived");
            assertThat(ben.delivery().body().toUtf8()).isEqualTo("as long as possible");
            ben.goAway();
            gateway.awaitLive(1);
            clock.move(Duration.ofDays(30));
            ben.comeBack();
            assertThat(ben.hasNothingMore()).isTrue();
        }
        gateway.awaitNobody();
    }

    @Test
    void theTriesComeBackWhenTheirWindowIsOver() {
        try (RawPhone phone = gateway.phone()) {
            var accepted = phone.approve();
            phone.claim(accepted, ProofMethod.SMS_CODE);
            var sent = phone.peer().expect(GatewayFrame.CodeSent.class);
            for (int i = 0; i < 5; i++) {
                answer(phone, sent, wrong(gateway.codeFor(phone.number)));
                assertThat(phone.peer().expect(GatewayFrame.Refused.class).reason())
                        .isEqualTo(Reason.CODE_WRONG);
            }
            clock.move(WINDOW.minus(SECOND));
            phone.claim(phone.reconnect().approve(), ProofMethod.SMS_CODE);
            var refused = phone.peer().expect(GatewayFrame.Refused.class);
            assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_TRIES);
            assertThat(refused.retryAfter()).contains(SECOND);

            clock.move(SECOND);
            var again = claimed(phone.reconnect());

            assertThat(again.triesLeft()).isEqualTo(5);
        }
    }

    @Test
    void moreSmsMayBeSentWhenTheirWindowIsOver() {
        try (RawPhone phone = gateway.phone()) {
            var accepted = phone.approve();
            GatewayFrame answer;
            do {
                phone.claim(accepted, ProofMethod.SMS_CODE);
                answer = phone.peer().next().orElseThrow();
            } while (answer instanceof GatewayFrame.CodeSent);
            assertThat(answer).isEqualTo(new GatewayFrame.Refused(Reason.SMS_LIMIT, Optional.of(WINDOW), 0));

            clock.move(WINDOW);

            claimed(phone.reconnect());
        }
    }

    @Test
    void aClockThatJumpsEndsNoRunningSession() {
        var both = AnnaAndBen.connected(gateway);
        try (RawPhone anna = both.anna();
                RawPhone ben = both.ben()) {
            for (Duration jump : new Duration[] {Duration.ofHours(24), Duration.ofHours(-48), Duration.ofHours(24)}) {
                clock.move(jump);
                anna.text(ben.number, "still there?");
                ben.acknowledge(ben.delivery().deliveryNumber());
                assertThat(anna.result().outcome()).isIn(Outcome.DELIVERED, Outcome.QUEUED);
            }
        }
        gateway.awaitNobody();
    }

    @Test
    void theGatewaysOwnClockPassesAsTheMachinesMonotonicOneDoes() {
        Clock steady = Gateways.steadyClock();
        long nanosBefore = System.nanoTime();
        Instant before = steady.instant();
        Instant after = steady.instant();
        while (!after.isAfter(before.plusMillis(20))) {
            Instant next = steady.instant();
            assertThat(next).isAfterOrEqualTo(after);
            after = next;
        }
        assertThat(Duration.between(before, after))
                .isLessThanOrEqualTo(Duration.ofNanos(System.nanoTime() - nanosBefore));
    }

    private GatewayFrame.CodeSent claimed(RawPhone phone) {
        phone.claim(phone.approve(), ProofMethod.SMS_CODE);
        return phone.peer().expect(GatewayFrame.CodeSent.class);
    }

    private static void answer(RawPhone phone, GatewayFrame.CodeSent sent, String code) {
        phone.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), code));
    }

    private static String wrong(String code) {
        return (code.charAt(0) == '0' ? '1' : '0') + code.substring(1);
    }

    private static void send(RawPhone from, RawPhone to, String text, Duration life) {
        from.peer()
                .send(new DeviceFrame.Send(
                        MessageId.random(),
                        to.number.e164(),
                        Optional.of(Body.text(text)),
                        Optional.of(new DeliveryOption.CloudOnly(life))));
        assertThat(from.result().outcome()).isEqualTo(Outcome.QUEUED);
    }
}
