package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.support.MovableClock;
import assent.server.support.Peer;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import assent.server.support.TestNotices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a change of the policy does to phones, while the gateway runs.
class LivePolicyTest {
    @TempDir
    private Path folder = Path.of("");

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

    private void change(String path, String value) throws Exception {
        gateway.changePolicy(Map.of(path, value));
    }

    private Reason closed(RawPhone phone, Optional<String> invitation) {
        phone.peer().send(new DeviceFrame.NoticeRequest("en", phone.number.callingCode(), invitation));
        return phone.peer().expect(GatewayFrame.ActivationClosed.class).reason();
    }

    private static Reason refusal(RawPhone phone) {
        return phone.peer().expect(GatewayFrame.Refused.class).reason();
    }

    @Test
    void aCountryThatIsPausedGetsNoNoticeAndWhoIsActivatedGoesOn() throws Exception {
        try (RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone()) {
            anna.activate();

            change("activation.countries.91.state", "PAUSED");

            assertThat(closed(ben, Optional.empty())).isEqualTo(Reason.COUNTRY_CLOSED);
            anna.text(anna.number, "to myself");
            assertThat(anna.result().outcome()).isIn(Outcome.DELIVERED, Outcome.QUEUED);
            change("activation.countries.91.state", "OPEN");
            assertThat(ben.activate()).isNotNull();
        }
    }

    @Test
    void anActivationThatIsUnderWayWhenEverythingIsPausedIsNotBound() throws Exception {
        try (RawPhone anna = gateway.phone()) {
            anna.claim(anna.approve(), ProofMethod.SMS_CODE);
            var sent = anna.peer().expect(GatewayFrame.CodeSent.class);

            change("activation.state", "PAUSED");

            anna.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), gateway.codeFor(anna.number)));
            assertThat(refusal(anna)).isEqualTo(Reason.ACTIVATION_PAUSED);
        }
    }

    @Test
    void anInvitationIsGoodForOneActivationAndNoNumberIsNamedBefore() throws Exception {
        change("activation.state", "INVITE_ONLY");
        String code = gateway.invitation(clock.instant().plus(Duration.ofDays(3)));
        try (RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone()) {
            assertThat(closed(anna, Optional.empty())).isEqualTo(Reason.INVITATION_REQUIRED);
            assertThat(closed(anna, Optional.of("K7QF-2M9X"))).isEqualTo(Reason.INVITATION_INVALID);

            assertThat(anna.invited(code.toLowerCase(Locale.ROOT).replace('-', ' '))
                            .activate())
                    .isNotNull();

            ben.invited(code);
            ben.peer().send(ben.sign(ben.grantFor(ben.askForNotice())));
            assertThat(refusal(ben)).isEqualTo(Reason.INVITATION_USED);
        }
    }

    @Test
    void anInvitationThatWasNotUsedIsFreeAgain() throws Exception {
        change("activation.state", "INVITE_ONLY");
        String code = gateway.invitation(clock.instant());
        try (RawPhone anna = gateway.phone()) {
            anna.invited(code).approve();
        }
        gateway.awaitNobody();

        try (RawPhone ben = gateway.phone()) {
            assertThat(ben.invited(code).activate()).isNotNull();
        }
    }

    @Test
    void anInvitationIsOverAfterItsLastDayAndWithItsSeries() throws Exception {
        change("activation.state", "INVITE_ONLY");
        String code = gateway.invitation(clock.instant());
        try (RawPhone anna = gateway.phone()) {
            clock.move(Duration.ofDays(1));
            assertThat(closed(anna, Optional.of(code))).isEqualTo(Reason.INVITATION_INVALID);

            String another = gateway.invitation(clock.instant());
            change("activation.invitation-series", "2");
            assertThat(closed(anna, Optional.of(another))).isEqualTo(Reason.INVITATION_INVALID);
        }
    }

    @Test
    void aNewNoticeAsksThoseWhoAreConnectedAtOnceAndTakingItBackLetsThemGoOn() throws Exception {
        try (RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone()) {
            anna.activate();
            ben.activate();
            Map<String, String> second = new HashMap<>(TestNotices.texts("second"));
            second.put(
                    "notice.renewal.deadline",
                    clock.instant().plus(Duration.ofDays(1)).toString());

            gateway.changePolicy(second);

            assertThat(anna.peer().expect(GatewayFrame.RenewalRequired.class).suspended())
                    .isFalse();
            change("notice.renewal.lapsed", "[2026-12]");
            assertThat(anna.peer().expect(GatewayFrame.RenewalRequired.class).suspended())
                    .isTrue();
            ben.peer().skipTo(GatewayFrame.RenewalRequired.class);
            ben.peer().skipTo(GatewayFrame.RenewalRequired.class);
            ben.text(anna.number, "while suspended");
            assertThat(ben.result().reason()).contains(Reason.SUSPENDED);
            change("notice.renewal.lapsed", "");
            change("notice.renewal.deadline", "");
            ben.peer().skipTo(GatewayFrame.RenewalRequired.class);
            ben.text(anna.number, "goes on");
            assertThat(anna.delivery().body().toUtf8()).isEqualTo("goes on");
        }
    }

    @Test
    void theSharedLimitsOnSmsRefuseAlikeAndGiveBackWhatWasNotSent() throws Exception {
        try (RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone()) {
            anna.activate();
            change("sms.per-day-max", "1");

            ben.claim(ben.approve(), ProofMethod.SMS_CODE);
            var refused = ben.peer().expect(GatewayFrame.Refused.class);
            assertThat(refused.reason()).isEqualTo(Reason.SMS_LIMIT);
            assertThat(refused.retryAfter()).contains(Duration.ofDays(1));

            change("sms.per-day-max", "2");
            assertThat(ben.reconnect().activate()).isNotNull();
        }
    }

    @Test
    void smsStopWhenTheDaysMoneyIsSpentAndGoOnTheNextDay() throws Exception {
        change("sms.spend.per-day-max", "0.12");
        try (RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone();
                RawPhone cem = gateway.phone()) {
            anna.activate();
            ben.activate();

            cem.claim(cem.approve(), ProofMethod.SMS_CODE);
            assertThat(refusal(cem)).isEqualTo(Reason.SMS_LIMIT);
            clock.move(Duration.ofDays(1));
            assertThat(cem.reconnect().activate()).isNotNull();
        }
    }

    @Test
    void numbersThatBeginAlikeAndAddressesHaveLimits() throws Exception {
        change("sms.per-prefix.max", "1");
        var first = new RawPhone(gateway, PhoneNumber.parse("+919812345001"));
        var alike = new RawPhone(gateway, PhoneNumber.parse("+919812345999"));
        var other = new RawPhone(gateway, PhoneNumber.parse("+919812346001"));
        try (first;
                alike;
                other) {
            gateway.handset(first.number);
            gateway.handset(other.number);
            first.activate();
            alike.claim(alike.approve(), ProofMethod.SMS_CODE);
            assertThat(refusal(alike)).isEqualTo(Reason.SMS_LIMIT);
            other.activate();

            change("sms.per-address.max", "1");
            try (RawPhone ben = gateway.phone();
                    RawPhone cem = gateway.phone()) {
                ben.activate();
                cem.claim(cem.approve(), ProofMethod.SMS_CODE);
                assertThat(refusal(cem)).isEqualTo(Reason.SMS_LIMIT);
                clock.move(Duration.ofHours(1));
                cem.reconnect().activate();
            }
        }
    }

    @Test
    void whoWritesToTooManyNumbersIsStoppedAlikeForEveryNumber() throws Exception {
        change("messages.new-recipients-per-day", "2");
        try (RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone()) {
            anna.activate();
            ben.activate();
            PhoneNumber stranger = gateway.newNumber();
            assertThat(outcome(anna, gateway.newNumber())).isEqualTo(Outcome.QUEUED);
            assertThat(outcome(anna, stranger)).isEqualTo(Outcome.QUEUED);

            for (PhoneNumber number : new PhoneNumber[] {ben.number, gateway.newNumber()}) {
                anna.text(number, "one too many");
                var result = anna.result();
                assertThat(result.reason()).contains(Reason.RECIPIENT_LIMIT);
                assertThat(result.retryAfter()).contains(Duration.ofDays(1));
            }
            assertThat(outcome(anna, stranger)).isEqualTo(Outcome.QUEUED);
            anna.comeBack();
            anna.text(ben.number, "still one too many");
            assertThat(anna.result().reason()).contains(Reason.RECIPIENT_LIMIT);
            clock.move(Duration.ofDays(1));
            assertThat(outcome(anna, ben.number)).isIn(Outcome.DELIVERED, Outcome.QUEUED);
        }
    }

    private static Outcome outcome(RawPhone from, PhoneNumber to) {
        from.text(to, "hello");
        return from.result().outcome();
    }

    @Test
    void promptNumbersWithoutAMailboxFallBackAtOnce() throws Exception {
        try (RawPhone anna = gateway.phone()) {
            anna.activate();
            change("messages.neutrality", "PROMPT");

            anna.peer()
                    .send(new DeviceFrame.Send(
                            MessageId.random(),
                            gateway.newNumber().e164(),
                            Optional.of(Body.text("soon")),
                            Optional.of(new DeliveryOption.CloudThenSms(Duration.ofMinutes(9)))));

            assertThat(anna.result().outcome()).isEqualTo(Outcome.FALL_BACK);
        }
    }

    @Test
    void withdrawalIsPossibleWhateverThePolicySays() throws Exception {
        try (RawPhone anna = gateway.phone()) {
            anna.activate();
            change("activation.state", "PAUSED");

            anna.peer().send(anna.withdrawal());
            assertThat(anna.peer().skipTo(GatewayFrame.Withdrawn.class)).isNotNull();
        }
    }

    @Test
    void aChangeSurvivesARestartAndTheInitialFileIsNotReadAgain() throws Exception {
        change("activation.state", "PAUSED");

        gateway.restart();

        try (Peer peer = gateway.connect()) {
            peer.hello();
            peer.send(new DeviceFrame.NoticeRequest("en", 44));
            assertThat(peer.expect(GatewayFrame.ActivationClosed.class).reason())
                    .isEqualTo(Reason.ACTIVATION_PAUSED);
        }
    }
}
