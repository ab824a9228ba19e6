package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.ErasureCertificate;
import assent.server.support.LogCapture;
import assent.server.support.MovableClock;
import assent.server.support.RawPhone;
import assent.server.support.StoreRows;
import assent.server.support.TestGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Ben has set a registration PIN, and somebody else gets his SMS.
@Isolated("searches the whole log")
class RegistrationPinTest {
    private static final String PIN = "heron-7431";

    @TempDir
    Path folder;

    private MovableClock clock;
    private TestGateway gateway;
    private RawPhone ben;
    private RawPhone other;

    @BeforeEach
    void start() throws Exception {
        clock = new MovableClock();
        gateway = TestGateway.start(folder, Map.of(), clock);
        ben = gateway.phone();
        ben.activate();
        set(PIN);
        other = new RawPhone(gateway, ben.number);
    }

    @AfterEach
    void stop() {
        ben.close();
        other.close();
        gateway.close();
    }

    private void set(String pin) {
        ben.peer().send(new DeviceFrame.SetPin(pin)).expect(GatewayFrame.PinSet.class);
    }

    /// Approves, and proves the number by an SMS from it.
    private void prove() throws Exception {
        other.claim(other.approve(), ProofMethod.DEVICE_SMS);
        var requested = other.peer().expect(GatewayFrame.SmsRequested.class);
        gateway.handset(other.number).send(requested.serviceNumber(), requested.text());
    }

    private GatewayFrame.Refused refused(String pin) {
        return other.peer().send(new DeviceFrame.PinAnswer(pin)).expect(GatewayFrame.Refused.class);
    }

    private void becomesOthers() {
        other.peer().expect(GatewayFrame.Activated.class);
        assertThat(ben.peer().skipTo(GatewayFrame.Goodbye.class).reason()).isEqualTo(Reason.ACTIVATION_REPLACED);
    }

    @Test
    void aProofByCodeIsFollowedByThePinAndTheRightOneActivates() {
        other.claim(other.approve(), ProofMethod.SMS_CODE);
        var sent = other.peer().expect(GatewayFrame.CodeSent.class);
        org.awaitility.Awaitility.await()
                .until(() -> gateway.handset(ben.number).inbox().size() > 1);
        other.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), gateway.codeFor(ben.number)));

        assertThat(other.peer().expect(GatewayFrame.PinRequired.class).triesLeft())
                .isEqualTo(10);
        other.peer().send(new DeviceFrame.PinAnswer(PIN));

        becomesOthers();
    }

    @Test
    void aWrongPinIsRefusedTenTimesADayWhateverTheConnectionAndThroughRestarts() throws Exception {
        prove();
        other.peer().expect(GatewayFrame.PinRequired.class);
        for (int left = 9; left >= 5; left--) {
            var refused = refused("wrong-" + left);
            assertThat(refused.reason()).isEqualTo(Reason.PIN_WRONG);
            assertThat(refused.triesLeft()).isEqualTo(left);
        }
        gateway.restart();
        other.reconnect();
        prove();
        assertThat(other.peer().expect(GatewayFrame.PinRequired.class).triesLeft())
                .isEqualTo(5);
        for (int left = 4; left >= 0; left--) {
            assertThat(refused("").triesLeft()).isEqualTo(left); // no form of PIN gets a free try
        }

        var locked = refused(PIN);
        assertThat(locked.reason()).isEqualTo(Reason.TOO_MANY_TRIES);
        assertThat(locked.retryAfter().orElseThrow()).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        other.reconnect();
        prove();
        assertThat(other.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.TOO_MANY_TRIES);

        clock.move(Duration.ofHours(25));
        other.reconnect();
        prove();
        other.peer().expect(GatewayFrame.PinRequired.class);
        ben.reconnect().signIn(ben.deviceId());
        ben.peer().expect(GatewayFrame.SignedIn.class);
    }

    @Test
    void thePinProtectsForAWeekAfterTheDeviceWasLastSeenAndNotForLonger() throws Exception {
        ben.goAway();
        clock.move(Duration.ofDays(6));
        ben.comeBack(); // seen again
        awaitSeen();
        ben.goAway();
        clock.move(Duration.ofDays(7));
        prove();
        other.peer().expect(GatewayFrame.PinRequired.class);

        other.reconnect();
        clock.move(Duration.ofDays(1));
        prove();

        other.peer().expect(GatewayFrame.Activated.class);
        other.goAway();
        gateway.awaitNobody();
        gateway.stop();
        assertThat(StoreRows.count(folder, "pin")).isZero(); // it was another user's
        gateway.startAgain();
    }

    /// What is noted of a sign-in is on its way to the store for a moment; a text that is stored
    /// after it shows that it is there.
    private void awaitSeen() {
        for (int i = 0; i < 2; i++) {
            ben.text(gateway.newNumber(), "to nobody");
            ben.result();
            assertThat(ben.hasNothingMore()).isTrue();
        }
    }

    @Test
    void aPinThatWasPassedStaysWithTheNumber() throws Exception {
        prove();
        other.peer().expect(GatewayFrame.PinRequired.class);
        other.peer().send(new DeviceFrame.PinAnswer(PIN));
        becomesOthers();

        try (RawPhone third = new RawPhone(gateway, ben.number)) {
            third.claim(third.approve(), ProofMethod.DEVICE_SMS);
            var requested = third.peer().expect(GatewayFrame.SmsRequested.class);
            gateway.handset(third.number).send(requested.serviceNumber(), requested.text());
            assertThat(third.peer().expect(GatewayFrame.PinRequired.class).triesLeft())
                    .isEqualTo(10);
        }
    }

    @Test
    void aClearedPinIsNotAskedForAndAnotherOneReplacesTheFirst() throws Exception {
        set("second-one");
        prove();
        other.peer().expect(GatewayFrame.PinRequired.class);
        assertThat(refused(PIN).reason()).isEqualTo(Reason.PIN_WRONG);
        set("third");
        other.peer().send(new DeviceFrame.PinAnswer("second-one"));
        other.peer().expect(GatewayFrame.PinRequired.class); // right when it was asked for, and set anew since

        other.reconnect();
        set("");
        prove();
        becomesOthers();
    }

    @Test
    void aPinOfTheWrongFormIsRefusedAndTheOldOneStays() throws Exception {
        for (String bad : new String[] {"123", "x".repeat(21), "12 34", "päss", "123\u00074"}) {
            ben.peer().send(new DeviceFrame.SetPin(bad));
            assertThat(ben.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.PIN_INVALID);
        }
        prove();
        other.peer().expect(GatewayFrame.PinRequired.class);
        other.peer().send(new DeviceFrame.PinAnswer(PIN));
        becomesOthers();
    }

    @Test
    void aPinIsLegalWhereItBelongsAndNowhereElse() throws Exception {
        assertThat(other.peer().send(new DeviceFrame.SetPin(PIN)).goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
        other.reconnect().approve();
        assertThat(other.peer().send(new DeviceFrame.PinAnswer(PIN)).goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
        assertThat(ben.peer().send(new DeviceFrame.PinAnswer(PIN)).goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
        other.reconnect();
        prove();
        other.peer().expect(GatewayFrame.PinRequired.class);
        assertThat(other.peer().send(new DeviceFrame.NoticeRequest("en", 91)).goodbye())
                .isEqualTo(Reason.FRAME_UNEXPECTED);
    }

    @Test
    void theProofIsGoodForAWhileOnly() throws Exception {
        prove();
        other.peer().expect(GatewayFrame.PinRequired.class);
        clock.move(Duration.ofMinutes(6));

        assertThat(refused(PIN).reason()).isEqualTo(Reason.CODE_EXPIRED);
    }

    @Test
    void whoeverSwitchesTheNumberOffBySmsCannotActivateItWithoutThePin() throws Exception {
        other.peer().send(new DeviceFrame.WithdrawalClaim(other.number.e164(), ProofMethod.DEVICE_SMS));
        var requested = other.peer().expect(GatewayFrame.SmsRequested.class);
        gateway.handset(other.number).send(requested.serviceNumber(), requested.text());
        var certificate = ErasureCertificate.parse(
                other.peer().expect(GatewayFrame.Withdrawn.class).certificate());
        assertThat(certificate.erased()).doesNotContain("registration-pin");
        assertThat(certificate.kept()).contains("registration PIN");

        other.reconnect();
        prove();
        other.peer().expect(GatewayFrame.PinRequired.class);
        assertThat(refused("wrong").reason()).isEqualTo(Reason.PIN_WRONG);

        clock.move(Duration.ofDays(8));
        gateway.restart();
        other.reconnect();
        prove();
        other.peer().expect(GatewayFrame.Activated.class);
    }

    @Test
    void theUsersOwnWithdrawalErasesThePinToo() throws Exception {
        ben.peer().send(ben.withdrawal());
        assertThat(ErasureCertificate.parse(
                                ben.peer().expect(GatewayFrame.Withdrawn.class).certificate())
                        .erased())
                .contains("registration-pin");
        prove();
        other.peer().expect(GatewayFrame.Activated.class);
    }

    @Test
    void aPinIsNeitherLoggedNorStored() throws Exception {
        try (LogCapture log = LogCapture.start()) {
            set("visible-pin-1");
            prove();
            other.peer().expect(GatewayFrame.PinRequired.class);
            refused("visible-pin-2");
            gateway.stop();
            assertThat(new String(log.bytes(), StandardCharsets.UTF_8)).doesNotContain("visible-pin");
            assertThat(assent.server.support.Spellings.of("visible-pin-1").in(folder))
                    .isEmpty();
            gateway.startAgain();
        }
    }
}
