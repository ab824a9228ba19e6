package assent.device;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.consent.PublicKey;
import assent.protocol.consent.SignInProof;
import assent.protocol.consent.WithdrawalRequest;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one connection's frames mean: a method for each state, one place that changes it.
///
/// Confined to its channel's event loop.
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final String CLIENT_VERSION = "assent-device/0.1.0";

    private final DeviceContext device;
    private final DeviceCore core;
    private final Connection connection;
    private ConnectionState state = new ConnectionState.Connecting();
    private Bytes channelBinding = Bytes.utf8("");
    private Bytes serverNonce = Bytes.utf8("");

    Conversation(DeviceContext device, DeviceCore core, Connection connection) {
        this.device = device;
        this.core = core;
        this.connection = connection;
    }

    ConnectionState state() {
        return state;
    }

    private void become(ConnectionState next, String why) {
        LOG.debug(
                "{} -> {}: {}",
                state.getClass().getSimpleName(),
                next.getClass().getSimpleName(),
                why);
        state = next;
    }

    /// TLS is there.
    void begin(SslHandler tls) {
        try {
            var certificate = (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
            channelBinding = SignInProof.tlsServerEndPoint(certificate);
        } catch (SSLPeerUnverifiedException e) {
            connection.end(new Disconnection.Untrusted("the gateway showed no certificate"));
            return;
        }
        become(new ConnectionState.Greeting(), "TLS is there");
        connection.ask(new DeviceFrame.Hello(
                Limits.PROTOCOL_VERSION, CLIENT_VERSION, device.config().locale()));
    }

    void onFrame(GatewayFrame frame) {
        boolean legal = switch (frame) {
            case GatewayFrame.Ping(var token) -> {
                connection.send(new DeviceFrame.Pong(token));
                yield true;
            }
            case GatewayFrame.Pong _ -> true;
            case GatewayFrame.Goodbye(var reason, var retryAfter) -> {
                connection.end(new Disconnection.Goodbye(reason, retryAfter));
                yield true;
            }
            case GatewayFrame.Welcome _,
                    GatewayFrame.NoticeText _,
                    GatewayFrame.ActivationClosed _,
                    GatewayFrame.ApprovalAccepted _,
                    GatewayFrame.CodeSent _,
                    GatewayFrame.SmsRequested _,
                    GatewayFrame.Activated _,
                    GatewayFrame.SignedIn _,
                    GatewayFrame.Deliver _,
                    GatewayFrame.SendResult _,
                    GatewayFrame.DeliveryReceipt _,
                    GatewayFrame.InquiryAnswer _,
                    GatewayFrame.BlockAnswer _,
                    GatewayFrame.PinRequired _,
                    GatewayFrame.PinSet _,
                    GatewayFrame.DataExport _,
                    GatewayFrame.RenewalRequired _,
                    GatewayFrame.ConsentRenewed _,
                    GatewayFrame.Withdrawn _,
                    GatewayFrame.Refused _ -> onFrameOfState(frame);
        };
        if (!legal) {
            connection.end(new Disconnection.ProtocolBroken(frame.getClass().getSimpleName() + " in the state "
                    + state.getClass().getSimpleName() + " is not legal, or does not say what it must"));
        }
    }

    private boolean onFrameOfState(GatewayFrame frame) {
        return switch (state) {
            case ConnectionState.Connecting(), ConnectionState.Ended() -> false;
            case ConnectionState.Greeting() -> frame instanceof GatewayFrame.Welcome welcome && greeted(welcome);
            case ConnectionState.Activating(var _, var steps) -> {
                connection.answered();
                yield steps.onFrame(frame);
            }
            case ConnectionState.SwitchingOff(var steps) -> {
                connection.answered();
                yield steps.onFrame(frame);
            }
            case ConnectionState.SigningIn(var welcome) -> frame instanceof GatewayFrame.SignedIn && signedIn(welcome);
            case ConnectionState.Active active -> active.session().onFrame(frame);
            case ConnectionState.Withdrawing(var request) -> core.withdrawal().onFrame(frame, request, connection);
        };
    }

    private boolean greeted(GatewayFrame.Welcome welcome) {
        connection.answered();
        PublicKey signingKey;
        try {
            signingKey = PublicKey.ofPoint(welcome.signingKey());
        } catch (IllegalArgumentException e) {
            return false;
        }
        connection.welcomed(welcome);
        serverNonce = welcome.serverNonce();
        switch (core.standing()) {
            case Standing.NotActivated(), Standing.Withdrawn _ -> {
                var steps = new ActivationSteps(device, connection, serverNonce, signingKey);
                become(new ConnectionState.Activating(welcome, steps), "not activated");
                core.connector().greeted();
            }
            case Standing.Activated(var known) -> signIn(welcome, known, signingKey);
            case Standing.WithdrawalPending(var known, var _) -> signIn(welcome, known, signingKey);
        }
        return true;
    }

    private void signIn(GatewayFrame.Welcome welcome, KeptActivation activation, PublicKey signingKey) {
        if (!signingKey.equals(activation.signingKey())) {
            device.callbacks().run(() -> device.listener().onSigningKeyChanged(activation.signingKey(), signingKey));
        }
        become(new ConnectionState.SigningIn(welcome), "activated before");
        Bytes proof = SignInProof.bytesToSign(serverNonce, channelBinding);
        connection.ask(
                new DeviceFrame.SignIn(activation.deviceId(), activation.key().sign(proof)));
    }

    private boolean signedIn(GatewayFrame.Welcome welcome) {
        connection.answered();
        activeWith(welcome, "signed in");
        core.signedIn();
        return true;
    }

    private void activeWith(GatewayFrame.Welcome welcome, String why) {
        become(new ConnectionState.Active(new Session(device, core, connection, welcome)), why);
    }

    /// The gateway activated this device, and the receipt was checked. The app hears of it when it is
    /// safe.
    void activated(KeptActivation activation, List<CompletableFuture<ActivationAnswer>> promises) {
        if (state instanceof ConnectionState.Activating(var welcome, var _)) {
            activeWith(welcome, "activated");
            core.activated(activation, promises);
        }
    }

    /// The steps of a lost phone's withdrawal, which take the place of an activation's; empty if the
    /// connection is not at its beginning.
    Optional<LostPhoneSteps> lostPhone() {
        if (state instanceof ConnectionState.Activating(var welcome, var _)) {
            var steps = new LostPhoneSteps(device, connection, PublicKey.ofPoint(welcome.signingKey()));
            become(new ConnectionState.SwitchingOff(steps), "a phone is lost");
        }
        return state instanceof ConnectionState.SwitchingOff(var steps) ? Optional.of(steps) : Optional.empty();
    }

    /// Asks the gateway to erase this activation; legal when active.
    void withdraw(KeptActivation activation, Instant requestedAt) {
        var request = new WithdrawalRequest(activation.deviceId(), serverNonce, requestedAt);
        become(new ConnectionState.Withdrawing(request), "the user withdraws");
        connection.ask(
                new DeviceFrame.Withdraw(request.canonical(), activation.key().sign(request.canonical())));
    }

    void unanswered(String question) {
        connection.end(new Disconnection.Silent(
                question + " was not answered in " + device.config().limits().answerTimeout()));
    }

    void readComplete() {
        if (state instanceof ConnectionState.Active(var session)) {
            session.readComplete();
        }
    }

    void writable() {
        core.sending().pump();
    }

    void ended(Disconnection why) {
        connection.answered();
        if (state instanceof ConnectionState.Activating(var _, var steps)) {
            steps.interrupted(why);
        }
        if (state instanceof ConnectionState.SwitchingOff(var steps)) {
            steps.interrupted(why);
        }
        become(new ConnectionState.Ended(), why.toString());
    }
}
