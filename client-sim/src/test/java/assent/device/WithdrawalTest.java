package assent.device;

import static assent.device.Fixtures.BOB;
import static assent.device.ScriptedPeer.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Reason;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.Es256;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.WithdrawalRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The user's off switch, online and offline.
class WithdrawalTest extends DeviceTestBase {
    private static final Instant ERASED_AT = Instant.parse("2026-11-22T12:00:00Z");

    private static ErasureCertificate certificate(KeptActivation activation, Instant requestedAt) {
        return new ErasureCertificate(
                activation.papers().parseReceipt().consentId(),
                activation.deviceId(),
                requestedAt,
                ERASED_AT,
                List.of("activation", "consent", "number"),
                0,
                "nothing");
    }

    /// Takes the request, which must be signed for this connection, and certifies the erasure.
    private ErasureCertificate confirm(ScriptedPeer peer, KeptActivation activation, KeyPair signedBy) {
        var withdraw = peer.expect(DeviceFrame.Withdraw.class);
        var request = WithdrawalRequest.parse(withdraw.request());
        assertThat(request.serverNonce()).isEqualTo(peer.nonce());
        assertThat(request.deviceId()).isEqualTo(activation.deviceId());
        assertThat(Es256.verify(activation.key().publicKey(), withdraw.request(), withdraw.signature()))
                .isTrue();
        var certificate = certificate(activation, request.requestedAt());
        peer.send(
                new GatewayFrame.Withdrawn(certificate.canonical(), signedBy.sign(certificate.canonical())),
                new GatewayFrame.Goodbye(Reason.WITHDRAWN, Optional.empty()));
        peer.hangUp();
        return certificate;
    }

    @Test
    void aWithdrawalIsConfirmedAndDestroysKeyAndNumber() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store);
        device.connect();
        var peer = gateway.nextConnection().signIn(activation);

        var answer = device.withdraw();
        var certificate = confirm(peer, activation, gateway.signingKey());

        assertThat(get(answer)).isEqualTo(new WithdrawalAnswer.Erased(certificate));
        assertThat(parent.resolve("device/key")).doesNotExist();
        eventually(() -> assertThat(heard.stops).containsExactly(StopReason.WITHDRAWN));
        assertThat(heard.certificates).containsExactly(certificate);
        assertThat(get(device.standing()))
                .isInstanceOfSatisfying(
                        Standing.Withdrawn.class,
                        withdrawn -> assertThat(withdrawn.erasure().parseCertificate())
                                .isEqualTo(certificate));
        assertThat(get(send(device, BOB, "too late").outcome()))
                .isEqualTo(new SendOutcome.NoResult(SendOutcome.NoResultCause.WITHDRAWN));
    }

    @Test
    void aWithdrawalThatIsAskedForOfflineIsFinishedAtTheNextConnectionAlsoAfterARestart() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store);
        var waiting = send(device, BOB, "not sent any more");

        assertThat(get(device.withdraw())).isEqualTo(new WithdrawalAnswer.KeptPending());
        assertThat(get(waiting.outcome())).isEqualTo(new SendOutcome.NoResult(SendOutcome.NoResultCause.WITHDRAWN));
        get(device.close());

        open(folder()).connect();
        var peer = gateway.nextConnection().signIn(activation);
        var certificate = confirm(peer, activation, gateway.signingKey());

        eventually(() -> assertThat(heard.certificates).containsExactly(certificate));
        assertThat(parent.resolve("device/key")).doesNotExist();
    }

    @Test
    void aWithdrawalThatTheConnectionBreaksIsAskedForAgain() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store);
        device.connect();
        var peer = gateway.nextConnection().signIn(activation);
        var answer = device.withdraw();
        peer.expect(DeviceFrame.Withdraw.class);

        peer.hangUp();
        assertThat(get(answer)).isEqualTo(new WithdrawalAnswer.KeptPending());
        var certificate = confirm(gateway.nextConnection().signIn(activation), activation, gateway.signingKey());

        eventually(() -> assertThat(heard.certificates).containsExactly(certificate));
    }

    @Test
    void aRefusedWithdrawalStaysPendingAndIsRepeated() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store);
        device.connect();
        var peer = gateway.nextConnection().signIn(activation);
        device.withdraw();
        peer.expect(DeviceFrame.Withdraw.class);

        peer.send(new GatewayFrame.Refused(Reason.STORE_UNAVAILABLE, Optional.of(Duration.ofMillis(1)), 0));

        confirm(gateway.nextConnection().signIn(activation), activation, gateway.signingKey());
        eventually(() -> assertThat(heard.certificates).hasSize(1));
    }

    @Test
    void aCertificateWithAWrongSignatureProvesNothingAndTheKeyStays() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store);
        device.connect();
        var peer = gateway.nextConnection().signIn(activation);
        var answer = device.withdraw();

        confirm(peer, activation, KeyPair.generate());

        assertThat(get(answer)).isEqualTo(new WithdrawalAnswer.Unproven("the certificate's signature"));
        assertThat(parent.resolve("device/key")).exists();
        assertThat(get(device.standing())).isInstanceOf(Standing.WithdrawalPending.class);
        assertThat(heard.certificates).isEmpty();
    }

    @Test
    void aGatewayThatNoLongerKnowsAWithdrawingDeviceHasErasedIt() {
        var store = activatedFolder();
        var device = open(store);
        get(device.withdraw());
        device.connect();
        var peer = gateway.nextConnection().welcome();
        peer.expect(DeviceFrame.SignIn.class);

        peer.send(new GatewayFrame.Goodbye(Reason.SIGN_IN_REFUSED, Optional.empty()));

        eventually(() -> assertThat(heard.stops).containsExactly(StopReason.WITHDRAWN));
        eventually(() -> assertThat(parent.resolve("device/key")).doesNotExist());
        assertThat(get(device.standing())).isEqualTo(new Standing.NotActivated());
    }

    @Test
    void whileAWithdrawalIsUnderWayNothingIsShown() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store);
        device.connect();
        var peer = gateway.nextConnection().signIn(activation);
        device.withdraw();
        peer.expect(DeviceFrame.Withdraw.class);

        peer.send(delivery(1, MessageId.random(), BOB, "too late"));

        peer.expectNothingMore();
        assertThat(heard.messages).isEmpty();
    }

    @Test
    void aDeviceThatIsNotActivatedHasNothingToWithdraw() {
        assertThat(get(open(folder()).withdraw())).isEqualTo(new WithdrawalAnswer.NothingToWithdraw());
    }
}
