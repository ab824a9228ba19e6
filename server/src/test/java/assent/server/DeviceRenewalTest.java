package assent.server;

import static assent.server.support.Phone.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.device.ConnectAnswer;
import assent.device.DeviceNetwork;
import assent.device.NewNotice;
import assent.device.RenewalAnswer;
import assent.device.SendOutcome;
import assent.device.Trust;
import assent.device.WithdrawalAnswer;
import assent.protocol.Reason;
import assent.server.support.MovableClock;
import assent.server.support.Phone;
import assent.server.support.TestGateway;
import assent.server.support.TestNotices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The device library and a new notice.
class DeviceRenewalTest {
    private static final Duration NOTICE_TIME = Duration.ofDays(5);

    @TempDir
    private Path folder = Path.of("");

    private final MovableClock clock = new MovableClock();
    private DeviceNetwork network;
    private TestGateway gateway;
    private Phone anna;
    private Phone ben;

    @BeforeEach
    void everybodyIsActivatedAndThenAskedAgain() throws Exception {
        gateway = TestGateway.start(folder.resolve("data"), TestNotices.options("first"), clock);
        network = DeviceNetwork.open(
                new Trust.CertificateFile(gateway.gateway().identity().certificateFile()));
        anna = Phone.fresh(gateway, network).activate();
        ben = Phone.fresh(gateway, network).activate();
        anna.device.disconnect();
        ben.device.disconnect();
        gateway.awaitNobody();
        gateway.restartWith(TestNotices.options(
                "second",
                Map.of(
                        "policy/notice.renewal.deadline",
                        clock.instant().plus(NOTICE_TIME).toString())));
    }

    @AfterEach
    void stop() {
        anna.close();
        ben.close();
        network.close();
        gateway.close();
    }

    private NewNotice comesBackAsked(Phone phone) {
        assertThat(phone.connect()).isInstanceOf(ConnectAnswer.SignedIn.class);
        Awaitility.await().until(() -> !phone.newNotices().isEmpty());
        return phone.newNotices().getLast();
    }

    private void approves(Phone phone) {
        var answer = get(phone.device.renew(comesBackAsked(phone).notice()));
        assertThat(answer).isInstanceOf(RenewalAnswer.Renewed.class);
    }

    @Test
    void theUserIsShownTheNewNoticeAndTheApprovalBringsItsReceipt() {
        NewNotice asked = comesBackAsked(anna);
        var before = get(anna.device.receipt()).orElseThrow().parseReceipt();

        var answer = get(anna.device.renew(asked.notice()));

        assertThat(asked.suspended()).isFalse();
        var papers = get(anna.device.receipt()).orElseThrow();
        assertThat(papers.parseNotice().version()).isEqualTo("second");
        assertThat(answer).isEqualTo(new RenewalAnswer.Renewed(papers.parseReceipt()));
        assertThat(papers.parseReceipt().consentId()).isNotEqualTo(before.consentId());
        assertThat(get(anna.device.newNotice())).isEmpty();
    }

    @Test
    void nothingIsRenewedThatNobodyAskedAbout() {
        approves(anna);
        var notice = anna.newNotices().getFirst().notice();

        assertThatThrownBy(() -> get(anna.device.renew(notice))).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSuspendedPhoneSaysSoRefusesTextsAndComesBackWithTheApproval() {
        approves(ben);
        clock.move(NOTICE_TIME);
        NewNotice asked = comesBackAsked(anna);

        assertThat(asked.suspended()).isTrue();
        assertThat(get(anna.device.newNotice())).contains(asked);
        assertThat(anna.outcomeOf(anna.send(ben, "not now")))
                .isInstanceOfSatisfying(
                        SendOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.SUSPENDED));
        get(anna.device.renew(asked.notice()));
        anna.outcomeOf(anna.send(ben, "now"));
        ben.awaitShown(1);
        assertThat(ben.shown()).containsExactly("now");
    }

    @Test
    void whoeverDoesNotApproveMayWithdraw() {
        clock.move(NOTICE_TIME);
        comesBackAsked(anna);

        assertThat(get(anna.device.withdraw())).isInstanceOf(WithdrawalAnswer.Erased.class);
    }

    @Test
    void aYesWhoseAnswerWasLostIsTakenUpAtTheNextSignInByItself() throws Exception {
        NewNotice asked = comesBackAsked(anna);

        var lost = anna.device.renew(asked.notice());
        gateway.stop(); // at any moment of the renewal
        get(lost);
        gateway.startAgain();

        anna.connect();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get(anna.device.receipt())
                        .orElseThrow()
                        .parseNotice()
                        .version()
                        .equals("second"));
        assertThat(get(anna.device.newNotice())).isEmpty();
    }

    @Test
    void withdrawingInTheMiddleOfARenewalEndsInACheckedCertificate() {
        NewNotice asked = comesBackAsked(anna);

        var renewal = anna.device.renew(asked.notice());

        assertThat(get(anna.device.withdraw())).isInstanceOf(WithdrawalAnswer.Erased.class);
        get(renewal);
    }
}
