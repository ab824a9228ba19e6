package assent.server.support;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import assent.protocol.consent.SignInProof;
import assent.protocol.consent.WithdrawalRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A phone that takes every step of the handshake by hand, so that a test can leave one out or do it
/// wrongly. Confined to one thread.
public final class RawPhone implements AutoCloseable {
    public final KeyPair key;
    public final PhoneNumber number;
    private final PhoneWorld world;
    private Peer peer;
    private GatewayFrame.Welcome welcome;
    private GatewayFrame.@Nullable Activated activated;
    private Optional<String> invitation = Optional.empty();

    public RawPhone(PhoneWorld world, PhoneNumber number) {
        this(world, number, KeyPair.generate());
    }

    private RawPhone(PhoneWorld world, PhoneNumber number, KeyPair key) {
        this.world = world;
        this.number = number;
        this.key = key;
        this.peer = world.connect();
        this.welcome = peer.hello();
    }

    /// An activated device, on a connection of its own to this world, greeted and not signed in.
    public RawPhone(PhoneWorld world, PhoneNumber number, KeyPair key, GatewayFrame.Activated activated) {
        this(world, number, key);
        this.activated = activated;
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
        peer = world.connect();
        welcome = peer.hello();
        return this;
    }

    /// From now on it asks for notices with the code of this invitation.
    public RawPhone invited(String code) {
        invitation = Optional.of(code);
        return this;
    }

    public Notice askForNotice() {
        peer.send(new DeviceFrame.NoticeRequest("en", number.callingCode(), invitation));
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
        peer.send(new DeviceFrame.CodeAnswer(sent.challengeId(), world.codeFor(number)));
        activated = peer.expect(GatewayFrame.Activated.class);
        return activated;
    }

    /// Its last activation.
    public GatewayFrame.Activated activated() {
        if (activated == null) {
            throw new IllegalStateException("this phone was never activated");
        }
        return activated;
    }

    public DeviceId deviceId() {
        return activated().deviceId();
    }

    /// The same device on a second connection, greeted and not signed in.
    public RawPhone twin() {
        var twin = new RawPhone(world, number, key);
        twin.activated = activated;
        return twin;
    }

    /// A new connection, signed in.
    public RawPhone comeBack() {
        reconnect().signIn(deviceId());
        peer.expect(GatewayFrame.SignedIn.class);
        return this;
    }

    /// Closes the connection without a word.
    public RawPhone goAway() {
        peer.close();
        return this;
    }

    /// Sends a text that waits as long as the gateway allows.
    public MessageId text(PhoneNumber to, String text) {
        return text(to, Body.text(text));
    }

    public MessageId text(PhoneNumber to, Body body) {
        var id = MessageId.random();
        send(id, to, body);
        return id;
    }

    public RawPhone send(MessageId id, PhoneNumber to, String text) {
        return send(id, to, Body.text(text));
    }

    /// Asks again for the result of a text.
    public RawPhone sendAgain(MessageId id, PhoneNumber to, String text) {
        peer.send(new DeviceFrame.Send(
                id,
                to.e164(),
                Optional.of(Body.text(text)),
                Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO)),
                true));
        return this;
    }

    private RawPhone send(MessageId id, PhoneNumber to, Body body) {
        peer.send(new DeviceFrame.Send(
                id, to.e164(), Optional.of(body), Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO))));
        return this;
    }

    /// Whether a question and its answer pass by without a delivery before the answer.
    public boolean hasNothingMore() {
        Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true); // time in which a mistake would show
        peer.send(new DeviceFrame.Ping(99));
        while (true) {
            GatewayFrame frame = peer.next().orElseThrow();
            if (frame instanceof GatewayFrame.Pong) {
                return true;
            }
            if (frame instanceof GatewayFrame.Deliver) {
                return false;
            }
        }
    }

    /// The next delivery; other frames before it are passed over.
    public GatewayFrame.Deliver delivery() {
        return peer.skipTo(GatewayFrame.Deliver.class);
    }

    public RawPhone acknowledge(long through) {
        peer.send(new DeviceFrame.Acknowledge(through));
        return this;
    }

    /// The next result; other frames before it are passed over.
    public GatewayFrame.SendResult result() {
        return peer.skipTo(GatewayFrame.SendResult.class);
    }

    public DeviceFrame.Withdraw withdrawal() {
        var request = new WithdrawalRequest(deviceId(), nonce(), Instant.now()).canonical();
        return new DeviceFrame.Withdraw(request, key.sign(request));
    }

    /// The user's yes to a notice, as a renewal on this connection.
    public DeviceFrame.Renewal renewal(Notice notice) {
        var grant = grantFor(notice).canonical();
        return new DeviceFrame.Renewal(grant, key.sign(grant));
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
