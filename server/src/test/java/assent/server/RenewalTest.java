package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.GatewayFrame.ConsentRenewed;
import assent.protocol.GatewayFrame.RenewalRequired;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.Es256;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import assent.protocol.consent.PublicKey;
import assent.protocol.consent.Sha256;
import assent.server.store.Store;
import assent.server.support.MovableClock;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import assent.server.support.TestNotices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A new notice: who is asked, who goes on, who is suspended, and how one comes back.
class RenewalTest {
    private static final Duration NOTICE_TIME = Duration.ofDays(5);

    @TempDir
    private Path folder = Path.of("");

    private final MovableClock clock = new MovableClock();
    private final Instant deadline = clock.instant().plus(NOTICE_TIME);
    private TestGateway gateway;
    private RawPhone anna;
    private RawPhone ben;

    @BeforeEach
    void annaAndBenAreActivatedUnderTheFirstNotice() throws Exception {
        gateway = TestGateway.start(folder.resolve("data"), TestNotices.options("first"), clock);
        anna = gateway.phone();
        ben = gateway.phone();
        anna.activate();
        ben.activate();
    }

    @AfterEach
    void stop() {
        anna.close();
        ben.close();
        gateway.close();
    }

    /// The operator shows a new version, and has Anna and Ben asked again; both are away then.
    private void theSecondNoticeIsShown(Map<String, String> options) throws Exception {
        anna.goAway();
        ben.goAway();
        gateway.restartWith(TestNotices.options("second", options));
    }

    private void everybodyIsAskedAgain() throws Exception {
        theSecondNoticeIsShown(Map.of("policy/notice.renewal.deadline", deadline.toString()));
    }

    private RenewalRequired comesBackAsked(RawPhone phone) {
        return phone.comeBack().peer().expect(RenewalRequired.class);
    }

    private ConsentRenewed approves(RawPhone phone, RenewalRequired asked) {
        return phone.peer().send(phone.renewal(Notice.parse(asked.notice()))).skipTo(ConsentRenewed.class);
    }

    /// Ben comes back, is asked and approves, so that only Anna stands on the first notice.
    private void benApproves() {
        approves(ben, comesBackAsked(ben));
    }

    private Reason refusalOf(RawPhone phone, DeviceFrame.Renewal renewal) {
        return phone.peer().send(renewal).expect(GatewayFrame.Refused.class).reason();
    }

    private Outcome benTextsAnna(String text) {
        ben.text(anna.number, text);
        return ben.result().outcome();
    }

    private void isDelivered(RawPhone to, long number, String text) {
        var delivery = to.delivery();
        assertThat(delivery.body().toUtf8()).isEqualTo(text);
        assertThat(delivery.deliveryNumber()).isEqualTo(number);
        to.acknowledge(number);
    }

    @Test
    void aNewNoticeThatAsksNobodyLeavesActivationsUnderTheOneThatWasApproved() throws Exception {
        theSecondNoticeIsShown(Map.of());

        anna.comeBack();
        ben.comeBack();
        benTextsAnna("as before");

        isDelivered(anna, 1, "as before");
        assertThat(anna.hasNothingMore()).isTrue();
        assertThat(refusalOf(anna, anna.renewal(anna.twin().askForNotice()))).isEqualTo(Reason.RENEWAL_NOT_ASKED);
    }

    @Test
    void aVersionThatIsStillGoodIsNotAskedAgain() throws Exception {
        theSecondNoticeIsShown(Map.of(
                "policy/notice.renewal.deadline", deadline.toString(), "policy/notice.renewal.still-good", "[first]"));
        clock.move(NOTICE_TIME);

        anna.comeBack();
        ben.comeBack();
        benTextsAnna("goes on");

        isDelivered(anna, 1, "goes on");
    }

    @Test
    void anOlderNoticeIsAskedAboutAtSignInAndTextsGoOnUntilTheDeadline() throws Exception {
        everybodyIsAskedAgain();
        benApproves();

        RenewalRequired asked = comesBackAsked(anna);

        Notice notice = Notice.parse(asked.notice());
        assertThat(notice.version()).isEqualTo("second");
        assertThat(notice.locale()).isEqualTo("en");
        assertThat(asked.deadline()).isEqualTo(Instant.ofEpochMilli(deadline.toEpochMilli()));
        assertThat(asked.suspended()).isFalse();
        clock.move(NOTICE_TIME.minusSeconds(1));
        benTextsAnna("in time");
        isDelivered(anna, 1, "in time");
    }

    @Test
    void anApprovalPutsTheActivationOnTheNewNoticeAndItsReceiptSaysSo() throws Exception {
        ConsentReceipt before = ConsentReceipt.parse(anna.activated().receipt());
        everybodyIsAskedAgain();
        RenewalRequired asked = comesBackAsked(anna);
        Notice notice = Notice.parse(asked.notice());
        var renewal = anna.renewal(notice);

        ConsentRenewed renewed = anna.peer().send(renewal).expect(ConsentRenewed.class);

        PublicKey signing = gateway.signingKey();
        assertThat(Es256.verify(signing, renewed.receipt(), renewed.receiptSignature()))
                .isTrue();
        ConsentReceipt receipt = ConsentReceipt.parse(renewed.receipt());
        assertThat(receipt.grantHash()).isEqualTo(Sha256.of(renewal.grant()));
        assertThat(receipt.noticeHash()).isEqualTo(notice.hash());
        assertThat(receipt.deviceId()).isEqualTo(before.deviceId());
        assertThat(receipt.proofMethod()).isEqualTo(before.proofMethod());
        assertThat(receipt.activatedAt()).isEqualTo(before.activatedAt());
        assertThat(receipt.consentId()).isNotEqualTo(before.consentId());
        assertThat(anna.comeBack().hasNothingMore()).isTrue();
        gateway.stop();
        try (Store store = gateway.openStore()) {
            assertThat(store.consent(before.consentId())).isEmpty();
            assertThat(store.consent(receipt.consentId()))
                    .hasValueSatisfying(consent -> assertThat(consent.notice()).isEqualTo(asked.notice()));
        }
    }

    @Test
    void onlyTheUsersYesToThatNoticeOnThisConnectionByTheActivationsKeyCounts() throws Exception {
        everybodyIsAskedAgain();
        anna.reconnect();
        var stale = anna.renewal(anna.twin().askForNotice());
        Notice notice = Notice.parse(comesBackAsked(anna).notice());
        Notice hindi = Notice.parse(ben.reconnect()
                .peer()
                .send(new DeviceFrame.NoticeRequest("hi", 91))
                .expect(GatewayFrame.NoticeText.class)
                .canonical());
        var grant = anna.grantFor(notice);
        var stranger = KeyPair.generate();
        var strangers = new assent.protocol.consent.ConsentGrant(
                grant.noticeHash(),
                grant.purposes(),
                grant.locale(),
                grant.countryCallingCode(),
                stranger.publicKey(),
                grant.serverNonce(),
                grant.approvedAt());

        assertThat(refusalOf(anna, stale)).isEqualTo(Reason.NONCE_MISMATCH);
        assertThat(refusalOf(anna, anna.renewal(hindi))).isEqualTo(Reason.NOTICE_NOT_SHOWN);
        assertThat(refusalOf(
                        anna, new DeviceFrame.Renewal(strangers.canonical(), stranger.sign(strangers.canonical()))))
                .isEqualTo(Reason.KEY_MISMATCH);
        assertThat(refusalOf(anna, new DeviceFrame.Renewal(grant.canonical(), stranger.sign(grant.canonical()))))
                .isEqualTo(Reason.SIGNATURE_INVALID);
        assertThat(refusalOf(
                        anna,
                        new DeviceFrame.Renewal(
                                Bytes.utf8("yes"), anna.renewal(notice).signature())))
                .isEqualTo(Reason.GRANT_MALFORMED);
        assertThat(comesBackAsked(anna).suspended()).isFalse();
    }

    @Test
    void aReceiptThatWasLostOnTheWayComesAgainForTheSameGrantAlone() throws Exception {
        everybodyIsAskedAgain();
        RenewalRequired asked = comesBackAsked(anna);
        var renewal = anna.renewal(Notice.parse(asked.notice()));
        ConsentRenewed lost = anna.peer().send(renewal).expect(ConsentRenewed.class);

        anna.comeBack();

        assertThat(anna.peer().send(renewal).expect(ConsentRenewed.class)).isEqualTo(lost);
        assertThat(refusalOf(anna, anna.renewal(Notice.parse(asked.notice())))).isEqualTo(Reason.RENEWAL_NOT_ASKED);
    }

    @Test
    void fromTheDeadlineOnAnAbsentDeviceIsToItsSendersLikeANumberThatWasNeverActivated() throws Exception {
        everybodyIsAskedAgain();
        benApproves();
        clock.move(NOTICE_TIME);

        assertThat(benTextsAnna("nothing is stored")).isEqualTo(Outcome.QUEUED);
        ben.text(gateway.newNumber(), "nothing is stored");
        assertThat(ben.result().outcome()).isEqualTo(Outcome.QUEUED);

        assertThat(comesBackAsked(anna).suspended()).isTrue();
        approvesAfterTheDeadline();
        assertThat(anna.hasNothingMore()).isTrue();
    }

    private void approvesAfterTheDeadline() throws Exception {
        anna.reconnect();
        approves(anna, comesBackAsked(anna));
    }

    @Test
    void whatWaitedBeforeTheDeadlineWaitsOnAndComesWithTheApproval() throws Exception {
        everybodyIsAskedAgain();
        benApproves();
        assertThat(benTextsAnna("before the deadline")).isEqualTo(Outcome.QUEUED);
        clock.move(NOTICE_TIME);
        RenewalRequired asked = comesBackAsked(anna);
        assertThat(anna.hasNothingMore()).isTrue();

        approves(anna, asked);

        isDelivered(anna, 1, "before the deadline");
        benTextsAnna("after the approval");
        isDelivered(anna, 2, "after the approval");
    }

    @Test
    void aDeadlineInTheMiddleOfADeliveryLosesNothingAndLetsNothingMoreThrough() throws Exception {
        everybodyIsAskedAgain();
        benApproves();
        comesBackAsked(anna);
        assertThat(benTextsAnna("pushed, not acknowledged")).isEqualTo(Outcome.QUEUED);
        assertThat(anna.delivery().deliveryNumber()).isEqualTo(1);
        clock.move(NOTICE_TIME);
        assertThat(benTextsAnna("too late")).isEqualTo(Outcome.QUEUED);
        assertThat(anna.hasNothingMore()).isTrue();
        anna.reconnect();

        approves(anna, comesBackAsked(anna));

        isDelivered(anna, 1, "pushed, not acknowledged");
        assertThat(anna.hasNothingMore()).isTrue();
    }

    @Test
    void whatWasDeliveredBeforeTheDeadlineMayBeAcknowledgedAfterIt() throws Exception {
        everybodyIsAskedAgain();
        benApproves();
        comesBackAsked(anna);
        benTextsAnna("delivered in time");
        anna.delivery();
        clock.move(NOTICE_TIME);

        anna.acknowledge(1);

        assertThat(ben.peer().skipTo(GatewayFrame.DeliveryReceipt.class)).isNotNull();
    }

    @Test
    void aSuspendedDeviceMayApproveWithdrawAndStayConnectedAndNothingElse() throws Exception {
        everybodyIsAskedAgain();
        benApproves();
        clock.move(NOTICE_TIME);
        comesBackAsked(anna);

        anna.text(ben.number, "not under the old notice");
        GatewayFrame.SendResult refused = anna.result();
        assertThat(refused.reason()).contains(Reason.SUSPENDED);
        assertThat(refused.retryAfter()).isEmpty();
        var asked = MessageId.random();
        assertThat(anna.peer()
                        .send(new DeviceFrame.Inquire(asked, ben.number.e164()))
                        .expect(GatewayFrame.InquiryAnswer.class))
                .isEqualTo(new GatewayFrame.InquiryAnswer(asked, false));
        anna.peer().send(new DeviceFrame.Ping(7)).expect(GatewayFrame.Pong.class);
        assertThat(ben.hasNothingMore()).isTrue();
        anna.peer().send(anna.withdrawal()).expect(GatewayFrame.Withdrawn.class);
        assertThat(anna.peer().goodbye()).isEqualTo(Reason.WITHDRAWN);
    }

    @Test
    void aLiveDeviceIsToldWhenItsDeadlineIsOver() throws Exception {
        clock.move(NOTICE_TIME.minusMillis(300));
        everybodyIsAskedAgain();
        assertThat(comesBackAsked(anna).suspended()).isFalse();

        clock.move(Duration.ofMillis(300));

        assertThat(anna.peer().skipTo(RenewalRequired.class).suspended()).isTrue();
    }

    @Test
    void aRestartEndsNoSuspension() throws Exception {
        everybodyIsAskedAgain();
        clock.move(NOTICE_TIME);

        gateway.restart();

        assertThat(comesBackAsked(anna).suspended()).isTrue();
    }

    @Test
    void aVersionThatLapsedOnceGetsNoTimeFromALaterDeadline() throws Exception {
        theSecondNoticeIsShown(Map.of(
                "policy/notice.renewal.deadline", deadline.toString(), "policy/notice.renewal.lapsed", "[first]"));

        assertThat(comesBackAsked(anna).suspended()).isTrue();
    }

    @Test
    void aNumberThatIsActivatedAnewStandsOnTheNewNoticeAndTheOldDeviceIsGone() throws Exception {
        everybodyIsAskedAgain();
        benApproves();
        clock.move(NOTICE_TIME);
        DeviceId old = anna.deviceId();

        anna.reconnect().activate();

        assertThat(anna.hasNothingMore()).isTrue();
        benTextsAnna("welcome back");
        isDelivered(anna, 1, "welcome back");
        anna.reconnect().signIn(old);
        assertThat(anna.peer().goodbye()).isEqualTo(Reason.SIGN_IN_REFUSED);
    }

    @Test
    void aRenewalAfterTheWithdrawalFindsNobody() throws Exception {
        everybodyIsAskedAgain();
        RenewalRequired asked = comesBackAsked(anna);
        var renewal = anna.renewal(Notice.parse(asked.notice()));

        anna.peer().send(anna.withdrawal());
        anna.peer().expect(GatewayFrame.Withdrawn.class);
        assertThat(anna.peer().goodbye()).isEqualTo(Reason.WITHDRAWN);

        anna.reconnect().peer().send(renewal);
        assertThat(anna.peer().goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
    }

    @Test
    void aPhoneWhoseConnectionBreaksInTheRenewalIsEitherAskedAgainOrRenewed() throws Exception {
        everybodyIsAskedAgain();
        for (int round = 0; round < 20; round++) {
            RawPhone phone = round % 2 == 0 ? anna : ben;
            phone.comeBack();
            GatewayFrame first =
                    phone.peer().send(new DeviceFrame.Ping(1)).next().orElseThrow();
            if (!(first instanceof RenewalRequired asked)) {
                return;
            }
            var renewal = phone.renewal(Notice.parse(asked.notice()));
            phone.peer().send(renewal);
            phone.goAway();

            phone.comeBack();
            GatewayFrame next = phone.peer().send(renewal).next().orElseThrow();
            if (next instanceof RenewalRequired) {
                assertThat(phone.peer().expect(GatewayFrame.Refused.class).reason())
                        .isEqualTo(Reason.NONCE_MISMATCH);
            } else {
                assertThat(ConsentReceipt.parse(((ConsentRenewed) next).receipt())
                                .grantHash())
                        .isEqualTo(Sha256.of(renewal.grant()));
            }
        }
    }
}
