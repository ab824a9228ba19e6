package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.ChallengeId;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.Es256;
import assent.protocol.consent.PublicKey;
import assent.protocol.consent.Sha256;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From notice to activation, as a phone sees it: real TLS, real store, codes by real SMPP.
class ActivationTest {
    @TempDir
    Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aNumberIsActivatedByItsUsersApprovalAndTheCodeFromTheSms() {
        try (RawPhone phone = gateway.phone()) {
            GatewayFrame.ApprovalAccepted accepted = phone.approve();
            phone.claim(accepted, ProofMethod.SMS_CODE);
            var sent = phone.peer().expect(GatewayFrame.CodeSent.class);
            assertThat(sent.triesLeft()).isEqualTo(5);
            assertThat(sent.expiresIn()).isLessThanOrEqualTo(Duration.ofMinutes(5));

            answer(phone, sent.challengeId(), gateway.codeFor(phone.number));

            assertThat(phone.peer().expect(GatewayFrame.Activated.class)).isNotNull();
        }
    }

    @Test
    void aNumberIsActivatedByATextThatItsPhoneSends() throws Exception {
        try (RawPhone phone = gateway.phone()) {
            phone.claim(phone.approve(), ProofMethod.DEVICE_SMS);
            var requested = phone.peer().expect(GatewayFrame.SmsRequested.class);

            gateway.handset(phone.number)
                    .send(requested.serviceNumber(), requested.text().toLowerCase(Locale.ROOT) + " ");

            assertThat(phone.peer().expect(GatewayFrame.Activated.class)).isNotNull();
        }
    }

    @Test
    void aTextFromAnotherNumberActivatesNothing() throws Exception {
        try (RawPhone phone = gateway.phone()) {
            phone.claim(phone.approve(), ProofMethod.DEVICE_SMS);
            var requested = phone.peer().expect(GatewayFrame.SmsRequested.class);

            gateway.handset(gateway.newNumber()).send(requested.serviceNumber(), requested.text());
            phone.peer().send(new DeviceFrame.Ping(1));

            assertThat(phone.peer().expect(GatewayFrame.Pong.class).token()).isEqualTo(1);
            gateway.handset(phone.number).send(requested.serviceNumber(), requested.text());
            assertThat(phone.peer().expect(GatewayFrame.Activated.class)).isNotNull();
        }
    }

    @Test
    void theReceiptIsCountersignedAndSaysWhatWasApproved() {
        try (RawPhone phone = gateway.phone()) {
            GatewayFrame.Activated activated = phone.activate();

            ConsentReceipt receipt = ConsentReceipt.parse(activated.receipt());
            PublicKey signing = gateway.signingKey();
            assertThat(Es256.verify(signing, activated.receipt(), activated.receiptSignature()))
                    .isTrue();
            assertThat(receipt.deviceKey()).isEqualTo(phone.key.publicKey());
            assertThat(receipt.deviceId()).isEqualTo(activated.deviceId());
            assertThat(receipt.proofMethod()).isEqualTo(ProofMethod.SMS_CODE);
            assertThat(receipt.grantHash()).isNotEqualTo(Sha256.of(new byte[0]));
            assertThat(activated.receipt().toUtf8())
                    .doesNotContain(phone.number.e164().substring(1));
        }
    }

    @Test
    void aWrongCodeIsRefusedAndTheTriesAreCounted() {
        try (RawPhone phone = gateway.phone()) {
            var sent = claimed(phone);

            var refused = answered(phone, sent.challengeId(), wrong(gateway.codeFor(phone.number)));

            assertThat(refused.reason()).isEqualTo(Reason.CODE_WRONG);
            assertThat(refused.triesLeft()).isEqualTo(4);
        }
    }

    @Test
    void theSixthTryIsRefusedEvenWithTheRightCode() {
        try (RawPhone phone = gateway.phone()) {
            var sent = claimed(phone);
            String code = gateway.codeFor(phone.number);
            for (int left = 4; left >= 0; left--) {
                var refused = answered(phone, sent.challengeId(), wrong(code));
                assertThat(refused.reason()).isEqualTo(Reason.CODE_WRONG);
                assertThat(refused.triesLeft()).isEqualTo(left);
            }

            var refused = answered(phone, sent.challengeId(), code);

            assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_TRIES);
            assertThat(refused.retryAfter()).isPresent();
        }
    }

    @Test
    void neitherANewCodeNorANewConnectionNorARestartGivesTriesBack() throws Exception {
        try (RawPhone phone = gateway.phone()) {
            var accepted = phone.approve();
            phone.claim(accepted, ProofMethod.SMS_CODE);
            var first = phone.peer().expect(GatewayFrame.CodeSent.class);
            answered(phone, first.challengeId(), wrong(gateway.codeFor(phone.number)));

            phone.claim(accepted, ProofMethod.SMS_CODE);
            var second = phone.peer().expect(GatewayFrame.CodeSent.class);
            assertThat(second.triesLeft()).isEqualTo(4);

            gateway.restart();
            phone.reconnect();
            assertThat(claimed(phone).triesLeft()).isEqualTo(4);
        }
    }

    @Test
    void aNumberThatHasNoTriesLeftCanStillBeProvedByATextOfItsOwn() throws Exception {
        try (RawPhone phone = gateway.phone()) {
            var accepted = phone.approve();
            phone.claim(accepted, ProofMethod.SMS_CODE);
            var sent = phone.peer().expect(GatewayFrame.CodeSent.class);
            for (int i = 0; i < 5; i++) {
                answered(phone, sent.challengeId(), wrong(gateway.codeFor(phone.number)));
            }
            phone.claim(accepted, ProofMethod.SMS_CODE);
            assertThat(phone.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.TOO_MANY_TRIES);

            phone.claim(accepted, ProofMethod.DEVICE_SMS);
            var requested = phone.peer().expect(GatewayFrame.SmsRequested.class);
            gateway.handset(phone.number).send(requested.serviceNumber(), requested.text());

            assertThat(phone.peer().expect(GatewayFrame.Activated.class)).isNotNull();
        }
    }

    @Test
    void aCodeThatANewerOneReplacedIsRefused() {
        try (RawPhone phone = gateway.phone()) {
            var accepted = phone.approve();
            phone.claim(accepted, ProofMethod.SMS_CODE);
            var first = phone.peer().expect(GatewayFrame.CodeSent.class);
            String firstCode = gateway.codeFor(phone.number);
            phone.claim(accepted, ProofMethod.SMS_CODE);
            phone.peer().expect(GatewayFrame.CodeSent.class);

            assertThat(answered(phone, first.challengeId(), firstCode).reason()).isEqualTo(Reason.CODE_REPLACED);
        }
    }

    @Test
    void aCodeForAnotherClaimIsRefused() {
        try (RawPhone phone = gateway.phone();
                RawPhone stranger = gateway.phone()) {
            claimed(phone);
            var theirs = claimed(stranger);

            assertThat(answered(phone, theirs.challengeId(), gateway.codeFor(stranger.number))
                            .reason())
                    .isEqualTo(Reason.CODE_FOR_ANOTHER_CLAIM);
        }
    }

    @Test
    void aCodeIsAcceptedOnlyOnce() {
        try (RawPhone phone = gateway.phone();
                RawPhone thief = gateway.phone()) {
            var sent = claimed(phone);
            String code = gateway.codeFor(phone.number);
            answer(phone, sent.challengeId(), code);
            phone.peer().expect(GatewayFrame.Activated.class);

            claimed(thief);

            assertThat(answered(thief, sent.challengeId(), code).reason()).isEqualTo(Reason.CODE_USED);
        }
    }

    @Test
    void aCodeIsWorthNothingAfterTheConnectionThatAskedForItIsGone() {
        try (RawPhone phone = gateway.phone()) {
            var sent = claimed(phone);
            String code = gateway.codeFor(phone.number);
            phone.reconnect();
            phone.approve();

            assertThat(answered(phone, sent.challengeId(), code).reason()).isEqualTo(Reason.CODE_ABANDONED);
        }
    }

    @Test
    void aChallengeThatNobodyOpenedIsUnknown() {
        try (RawPhone phone = gateway.phone()) {
            claimed(phone);

            assertThat(answered(phone, ChallengeId.random(), "123456").reason()).isEqualTo(Reason.CHALLENGE_UNKNOWN);
        }
    }

    @Test
    void noMoreSmsAreSentThanTheNoticePromises() {
        try (RawPhone phone = gateway.phone()) {
            int promised = phone.askForNotice().smsMax();
            var accepted = phone.approve();
            for (int i = 0; i < promised; i++) {
                phone.claim(accepted, ProofMethod.SMS_CODE);
                phone.peer().expect(GatewayFrame.CodeSent.class);
            }

            phone.claim(accepted, ProofMethod.SMS_CODE);

            assertThat(phone.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.SMS_LIMIT);
            assertThat(gateway.handset(phone.number).inbox()).hasSize(promised);
        }
    }

    @Test
    void aCarrierThatIsDownIsSaidClearlyAndTheClaimWorksWhenItIsBack() throws Exception {
        try (RawPhone phone = gateway.phone()) {
            var accepted = phone.approve();
            gateway.carrierDown();
            phone.claim(accepted, ProofMethod.SMS_CODE);
            var refused = phone.peer().expect(GatewayFrame.Refused.class);
            assertThat(refused.reason()).isEqualTo(Reason.CARRIER_UNAVAILABLE);
            assertThat(refused.retryAfter()).isPresent();

            gateway.carrierUp();
            phone.claim(accepted, ProofMethod.SMS_CODE);
            var sent = phone.peer().expect(GatewayFrame.CodeSent.class);
            answer(phone, sent.challengeId(), gateway.codeFor(phone.number));

            assertThat(phone.peer().expect(GatewayFrame.Activated.class)).isNotNull();
        }
    }

    @Test
    void aNumberOnANewPhoneSupersedesTheOldOneAndItsMailboxIsNotHandedOver() {
        try (RawPhone old = gateway.phone();
                RawPhone young = new RawPhone(gateway, old.number)) {
            old.activate();

            young.activate();

            assertThat(old.peer().goodbye()).isEqualTo(Reason.ACTIVATION_REPLACED);
        }
    }

    @Test
    void aDeviceThatWasSupersededCannotSignIn() {
        try (RawPhone old = gateway.phone();
                RawPhone young = new RawPhone(gateway, old.number)) {
            var first = old.activate();
            young.activate();

            old.reconnect().signIn(first.deviceId());

            assertThat(old.peer().goodbye()).isEqualTo(Reason.SIGN_IN_REFUSED);
        }
    }

    @Test
    void aSignInOfAnotherConnectionIsWorthNothing() {
        try (RawPhone phone = gateway.phone()) {
            var activated = phone.activate();
            phone.reconnect();
            var replayed = new DeviceFrame.SignIn(
                    activated.deviceId(),
                    phone.key.sign(assent.protocol.consent.SignInProof.bytesToSign(
                            phone.nonce(), phone.peer().channelBinding())));

            phone.reconnect();
            phone.peer().send(replayed);

            assertThat(phone.peer().goodbye()).isEqualTo(Reason.SIGN_IN_REFUSED);
        }
    }

    private GatewayFrame.CodeSent claimed(RawPhone phone) {
        phone.claim(phone.approve(), ProofMethod.SMS_CODE);
        return phone.peer().expect(GatewayFrame.CodeSent.class);
    }

    private static void answer(RawPhone phone, ChallengeId challenge, String code) {
        phone.peer().send(new DeviceFrame.CodeAnswer(challenge, code));
    }

    private static GatewayFrame.Refused answered(RawPhone phone, ChallengeId challenge, String code) {
        answer(phone, challenge, code);
        return phone.peer().expect(GatewayFrame.Refused.class);
    }

    private static String wrong(String code) {
        return (code.charAt(0) == '0' ? '1' : '0') + code.substring(1);
    }
}
