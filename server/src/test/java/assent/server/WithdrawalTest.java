package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.Es256;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.WithdrawalRequest;
import assent.server.store.Store;
import assent.server.support.AnnaAndBen;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The user's off switch, as a device uses it. Anna writes to Ben, and Ben switches off.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithdrawalTest {
    private TestGateway gateway;
    private RawPhone anna;
    private RawPhone ben;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(folder);
    }

    @BeforeEach
    void activateBoth() {
        var both = AnnaAndBen.connected(gateway);
        anna = both.anna();
        ben = both.ben();
    }

    @AfterEach
    void leave() {
        anna.close();
        ben.close();
        gateway.awaitNobody();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void theCertificateIsSignedAndSaysWhatWasErased() {
        Instant before = Instant.now().minusSeconds(1);
        anna.text(ben.number, "one");
        anna.text(ben.number, "two");
        anna.result();
        anna.result();

        ben.peer().send(ben.withdrawal());
        GatewayFrame.Withdrawn withdrawn = ben.peer().skipTo(GatewayFrame.Withdrawn.class);

        assertThat(Es256.verify(gateway.signingKey(), withdrawn.certificate(), withdrawn.certificateSignature()))
                .isTrue();
        ErasureCertificate certificate = ErasureCertificate.parse(withdrawn.certificate());
        assertThat(certificate.deviceId()).isEqualTo(ben.deviceId());
        assertThat(certificate.erased()).contains("number", "activation", "consent", "mailbox", "mailbox-key");
        assertThat(certificate.messagesErased()).isEqualTo(2);
        assertThat(certificate.erasedAt()).isAfter(before);
        assertThat(withdrawn.certificate().toUtf8())
                .doesNotContain(ben.number.e164().substring(3));
        assertThat(ben.peer().goodbye()).isEqualTo(Reason.WITHDRAWN);
    }

    @Test
    void afterwardsTheDeviceCannotSignInAndTheNumberLooksLikeOneThatNeverWas() {
        withdraw(ben);

        ben.reconnect().signIn(ben.deviceId());
        assertThat(ben.peer().goodbye()).isEqualTo(Reason.SIGN_IN_REFUSED);
        var id = anna.text(ben.number, "are you there?");
        assertThat(anna.result()).isEqualTo(GatewayFrame.SendResult.of(id, Outcome.QUEUED));
        assertThat(anna.hasNothingMore()).isTrue();
    }

    @Test
    void whatTheGatewayKeptOfTheDeviceIsGoneFromTheStore() throws Exception {
        var consent = ConsentReceipt.parse(ben.activated().receipt()).consentId();
        anna.text(ben.number, "waits");
        anna.result();

        withdraw(ben);

        gateway.stop();
        try (Store store = gateway.openStore()) {
            assertThat(store.activation(ben.deviceId())).isEmpty();
            assertThat(store.consent(consent)).isEmpty();
            assertThat(store.messages(ben.deviceId(), 0, 10, 1 << 20, InstantSource.system()))
                    .isEmpty();
            assertThat(store.activation(anna.deviceId())).isPresent();
        }
        gateway.startAgain();
    }

    @Test
    void aWithdrawalThatIsNotTheDevicesOwnIsRefusedAndErasesNothing() {
        var good = new WithdrawalRequest(ben.deviceId(), ben.nonce(), Instant.now()).canonical();
        Bytes nonceOfOld = ben.nonce();
        refused(Reason.GRANT_MALFORMED, Bytes.utf8("please"), ben.key.sign(Bytes.utf8("please")));
        Bytes ofAnother = new WithdrawalRequest(DeviceId.random(), ben.nonce(), Instant.now()).canonical();
        refused(Reason.GRANT_MALFORMED, ofAnother, ben.key.sign(ofAnother));
        refused(Reason.SIGNATURE_INVALID, good, KeyPair.generate().sign(good));
        refused(Reason.SIGNATURE_INVALID, good, anna.key.sign(good));

        ben.comeBack();
        Bytes replayed = new WithdrawalRequest(ben.deviceId(), nonceOfOld, Instant.now()).canonical();
        refused(Reason.NONCE_MISMATCH, replayed, ben.key.sign(replayed));

        anna.text(ben.number, "still there?");
        assertThat(ben.delivery().body().toUtf8()).isEqualTo("still there?");
    }

    @Test
    void nobodyWithdrawsBeforeSigningIn() {
        ben.reconnect();

        ben.peer().send(ben.withdrawal());

        assertThat(ben.peer().goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
        ben.comeBack();
    }

    /// Neither waits for the other: whichever the gateway takes first, no session outlives its
    /// activation.
    @Test
    void aSignInThatRacesAWithdrawalLeavesNoSessionWithoutActivation() {
        for (int round = 0; round < 20; round++) {
            try (RawPhone phone = gateway.phone()) {
                phone.activate();
                try (RawPhone twin = phone.twin();
                        RawPhone third = phone.twin()) {
                    if (round % 2 == 0) {
                        twin.signIn(phone.deviceId());
                        phone.peer().send(phone.withdrawal());
                    } else {
                        phone.peer().send(phone.withdrawal());
                        twin.signIn(phone.deviceId());
                    }
                    Reason ofPhone = ending(phone);
                    assertThat(ofPhone).isIn(Reason.WITHDRAWN, Reason.SESSION_TAKEN_OVER);
                    boolean twinIsLive = twin.peer().next().orElseThrow() instanceof GatewayFrame.SignedIn;
                    third.signIn(phone.deviceId());
                    boolean isStillActive = third.peer().next().orElseThrow() instanceof GatewayFrame.SignedIn;
                    if (twinIsLive) {
                        // Taken over, even by a session that then finds its activation gone: the device comes back and
                        // finds the same.
                        assertThat(ending(twin)).isIn(Reason.SESSION_TAKEN_OVER, Reason.WITHDRAWN);
                    }
                    assertThat(isStillActive && ofPhone == Reason.WITHDRAWN).isFalse();
                }
            }
        }
        gateway.awaitLive(2); // Anna's and Ben's
    }

    @Test
    void theNumberCanBeActivatedAgainAndItsOldTextsDoNotComeBack() {
        anna.text(ben.number, "before");
        ben.delivery();
        anna.result();
        withdraw(ben);
        anna.text(ben.number, "meanwhile");
        anna.result();

        ben.reconnect();
        ben.activate();
        anna.text(ben.number, "after");

        assertThat(ben.delivery().body().toUtf8()).isEqualTo("after");
    }

    private void withdraw(RawPhone phone) {
        phone.peer().send(phone.withdrawal());
        phone.peer().skipTo(GatewayFrame.Withdrawn.class);
        assertThat(phone.peer().goodbye()).isEqualTo(Reason.WITHDRAWN);
    }

    private void refused(Reason reason, Bytes request, Bytes signature) {
        ben.peer().send(new DeviceFrame.Withdraw(request, signature));
        assertThat(ben.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(reason);
    }

    private static Reason ending(RawPhone phone) {
        return phone.peer().skipTo(GatewayFrame.Goodbye.class).reason();
    }
}
