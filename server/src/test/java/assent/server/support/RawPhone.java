package assent.server.support;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import assent.protocol.consent.SignInProof;
import java.time.Instant;
import java.util.List;

/// A phone that takes every step of the handshake by hand, so that a test can leave one out or do it
/// wrongly. Confined to one thread.
public final class RawPhone implements AutoCloseable {
    public final KeyPair key;
    public final PhoneNumber number;
    private final TestGateway gateway;
    private Peer peer;
    private GatewayFrame.Welcome welcome;

    public RawPhone(TestGateway gateway, PhoneNumber number) {
        this.gateway = gateway;
        this.number = number;
        this.key = KeyPair.generate();
        this.peer = gateway.connect();
        this.welcome = peer.hello();
    }

    public Peer peer() {
        return peer;
    }

    public Bytes nonce() {
        return welcome.serverNonce();
    }

    /// A new connection, greeted.
    public RawPhone reconnect() {
        peer.close();
        peer = gateway.connect();
        welcome = peer.hello();
        return this;
    }

    public Notice askForNotice() {
        peer.send(new DeviceFrame.NoticeRequest("en", number.callingCode()));
        return Notice.parse(peer.expect(GatewayFrame.NoticeText.class).canonical());
    }

    public ConsentGrant grantFor(Notice notice) {
        return new ConsentGrant(
                notice.hash(),
                List.copyOf(notice.purposes().keySet()),
                notice.locale(),
                number.callingCode(),
                key.publicKey(),
                nonce(),
                Instant.now());
    }

    public DeviceFrame.Approval sign(ConsentGrant grant) {
        return new DeviceFrame.Approval(grant.canonical(), key.sign(grant.canonical()));
    }

    /// Notice and approval.
    public GatewayFrame.ApprovalAccepted approve() {
        return peer.send(sign(grantFor(askForNotice()))).expect(GatewayFrame.ApprovalAccepted.class);
    }

    public RawPhone claim(GatewayFrame.ApprovalAccepted accepted, ProofMethod method) {
        peer.send(new DeviceFrame.Claim(accepted.consentId(), number.e164(), method));
        return this;
    }

    /// Everything up to a live session, by a code.
    public GatewayFrame.Activated activate() {
        claim(approve(), ProofMethod.SMS_CODE);
        var sent = peer.expect(GatewayFrame.CodeSent.class);
        peer.send(new DeviceFrame.CodeAnswer(sent.challengeId(), gateway.codeFor(number)));
        return peer.expect(GatewayFrame.Activated.class);
    }

    public RawPhone signIn(DeviceId deviceId) {
        peer.send(new DeviceFrame.SignIn(deviceId, key.sign(SignInProof.bytesToSign(nonce(), peer.channelBinding()))));
        return this;
    }

    @Override
    public void close() {
        peer.close();
    }
}
