package assent.device;

import static assent.device.Fixtures.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.ChallengeId;
import assent.protocol.ConsentId;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The off switch for a number whose phone is lost, from the device's side.
class LostPhoneTest extends DeviceTestBase {
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final ChallengeId challengeId = ChallengeId.random();
    private LostPhone lost;
    private ScriptedPeer peer;

    @BeforeEach
    void connect() {
        lost = LostPhone.open(network, config());
        var connected = lost.connect();
        peer = gateway.nextConnection().welcome();
        get(connected, ConnectAnswer.Greeted.class);
    }

    @AfterEach
    void leave() {
        get(lost.close());
    }

    private CompletableFuture<SwitchOffAnswer> claimedByText() {
        var claimed = lost.claim(ALICE, ProofMethod.DEVICE_SMS);
        assertThat(peer.expect(DeviceFrame.WithdrawalClaim.class))
                .isEqualTo(new DeviceFrame.WithdrawalClaim(ALICE.e164(), ProofMethod.DEVICE_SMS));
        peer.send(new GatewayFrame.SmsRequested(challengeId, "7700", "ASSENT abc", LIFE));
        assertThat(get(claimed)).isEqualTo(new ClaimAnswer.SmsToSend("7700", "ASSENT abc", LIFE));
        return lost.switchedOff();
    }

    private void claimedByCode() {
        var claimed = lost.claim(ALICE, ProofMethod.SMS_CODE);
        peer.expect(DeviceFrame.WithdrawalClaim.class);
        peer.send(new GatewayFrame.CodeSent(challengeId, LIFE, 5));
        assertThat(get(claimed)).isEqualTo(new ClaimAnswer.CodeExpected(5, LIFE));
    }

    private static ErasureCertificate certificate() {
        return new ErasureCertificate(
                ConsentId.random(),
                DeviceId.random(),
                Instant.parse("2026-11-22T12:00:00Z"),
                Instant.parse("2026-11-22T12:01:00Z"),
                List.of("activation", "consent", "number"),
                3,
                "nothing");
    }

    private GatewayFrame.Withdrawn signed(ErasureCertificate certificate, KeyPair by) {
        return new GatewayFrame.Withdrawn(certificate.canonical(), by.sign(certificate.canonical()));
    }

    private void goodbye(Reason reason) {
        peer.send(new GatewayFrame.Goodbye(reason, Optional.empty()));
        peer.hangUp();
    }

    @Test
    void theCodeIsAnsweredByACheckedCertificate() {
        claimedByCode();
        var answer = lost.answer("402913");
        assertThat(peer.expect(DeviceFrame.CodeAnswer.class))
                .isEqualTo(new DeviceFrame.CodeAnswer(challengeId, "402913"));
        var certificate = certificate();

        peer.send(signed(certificate, gateway.signingKey()));
        goodbye(Reason.WITHDRAWN);

        assertThat(get(answer, SwitchOffAnswer.Erased.class).erasure().parseCertificate())
                .isEqualTo(certificate);
        assertThat(get(lost.close())).isNull();
    }

    @Test
    void theSmsIsAnsweredByACheckedCertificateWithoutAnotherCall() {
        var ended = claimedByText();

        peer.send(signed(certificate(), gateway.signingKey()));
        goodbye(Reason.WITHDRAWN);

        get(ended, SwitchOffAnswer.Erased.class);
    }

    @Test
    void aCertificateWithAWrongSignatureProvesNothing() {
        var ended = claimedByText();

        peer.send(signed(certificate(), KeyPair.generate()));

        assertThat(get(ended)).isEqualTo(new SwitchOffAnswer.Unproven("the certificate's signature"));
    }

    @Test
    void aNumberOfWhichNothingIsHeldIsAnAnswerToo() {
        var ended = claimedByText();

        goodbye(Reason.NOTHING_HELD);

        assertThat(get(ended)).isEqualTo(new SwitchOffAnswer.NothingHeld());
    }

    @Test
    void howItEndedIsToldToWhoeverAsksLater() {
        var ended = claimedByText();
        goodbye(Reason.NOTHING_HELD);
        assertThat(get(ended)).isEqualTo(new SwitchOffAnswer.NothingHeld());
        eventually(() -> assertThat(lost.claim(ALICE, ProofMethod.DEVICE_SMS))
                .failsWithin(ScriptedGateway.PATIENCE)); // the connection is gone

        assertThat(get(lost.switchedOff())).isEqualTo(new SwitchOffAnswer.NothingHeld());
    }

    @Test
    void aWrongCodeMayBeTypedAgain() {
        claimedByCode();
        var first = lost.answer("100000");
        peer.expect(DeviceFrame.CodeAnswer.class);
        peer.send(new GatewayFrame.Refused(Reason.CODE_WRONG, Optional.empty(), 4));
        assertThat(get(first)).isEqualTo(new Refused(Reason.CODE_WRONG, Optional.empty(), 4));

        var second = lost.answer("402913");
        peer.expect(DeviceFrame.CodeAnswer.class);
        peer.send(signed(certificate(), gateway.signingKey()));

        get(second, SwitchOffAnswer.Erased.class);
    }

    @Test
    void aBrokenConnectionMeansStartAgain() {
        claimedByCode();
        var answer = lost.answer("402913");
        var ended = lost.switchedOff();
        peer.expect(DeviceFrame.CodeAnswer.class);

        peer.hangUp();

        get(answer, StartAgain.class);
        get(ended, StartAgain.class);
    }

    @Test
    void anSmsThatCrossesANewClaimStillEndsIt() {
        var ended = claimedByText();
        var again = lost.claim(ALICE, ProofMethod.SMS_CODE);
        peer.expect(DeviceFrame.WithdrawalClaim.class);

        peer.send(signed(certificate(), gateway.signingKey()));
        goodbye(Reason.WITHDRAWN);

        get(ended, SwitchOffAnswer.Erased.class);
        get(again, StartAgain.class);
    }

    @Test
    void aGatewayThatActivatesInsteadIsLeft() {
        var ended = claimedByText();

        peer.send(new GatewayFrame.Activated(
                DeviceId.random(),
                certificate().canonical(),
                gateway.signingKey().sign(certificate().canonical())));

        assertThat(get(ended, StartAgain.class).why()).isInstanceOf(Disconnection.ProtocolBroken.class);
    }

    @Test
    void callsOutOfTurnFail() {
        assertThatThrownBy(() -> get(lost.answer("402913"))).hasRootCauseInstanceOf(IllegalStateException.class);
        claimedByText();
        assertThatThrownBy(() -> get(lost.answer("402913"))).hasRootCauseInstanceOf(IllegalStateException.class);
    }
}
