package assent.device;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.Es256;
import assent.protocol.consent.SignInProof;
import io.netty.channel.Channel;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The gateway's end of one connection, driven by a test's thread. Thread-safe.
final class ScriptedPeer {
    private final ScriptedGateway gateway;
    private final Channel channel;
    private final BlockingQueue<DeviceFrame> received = new LinkedBlockingQueue<>();
    private final Bytes nonce;

    ScriptedPeer(ScriptedGateway gateway, Channel channel) {
        this.gateway = gateway;
        this.channel = channel;
        var random = new byte[Limits.NONCE_BYTES];
        ThreadLocalRandom.current().nextBytes(random);
        this.nonce = Bytes.wrap(random);
    }

    void received(DeviceFrame frame) {
        received.add(frame);
    }

    Bytes nonce() {
        return nonce;
    }

    /// The next frame, which must be of this type.
    <T extends DeviceFrame> T expect(Class<T> type) {
        try {
            DeviceFrame frame = received.poll(ScriptedGateway.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(frame).isInstanceOf(type);
            return type.cast(frame);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /// Sees that the device has sent nothing but what was expected: it answers a ping, and nothing
    /// comes before that.
    void expectNothingMore() {
        long token = ThreadLocalRandom.current().nextLong();
        send(new GatewayFrame.Ping(token));
        assertThat(expect(DeviceFrame.Pong.class).token()).isEqualTo(token);
    }

    /// One flush for all, so that they arrive in one read if the network allows.
    void send(GatewayFrame... frames) {
        channel.eventLoop().execute(() -> {
            for (GatewayFrame frame : frames) {
                channel.write(frame);
            }
            channel.flush();
        });
    }

    ScriptedPeer welcome() {
        expect(DeviceFrame.Hello.class);
        send(gateway.welcome(nonce));
        return this;
    }

    /// Welcomes the device, checks its signature for this connection and certificate, and signs it in.
    ScriptedPeer signIn(KeptActivation activation) {
        welcome();
        var signIn = expect(DeviceFrame.SignIn.class);
        assertThat(signIn.deviceId()).isEqualTo(activation.deviceId());
        Bytes signed = SignInProof.bytesToSign(nonce, SignInProof.tlsServerEndPoint(gateway.certificate()));
        assertThat(Es256.verify(activation.key().publicKey(), signed, signIn.signature()))
                .isTrue();
        send(new GatewayFrame.SignedIn(1));
        return this;
    }

    static GatewayFrame.Deliver delivery(long number, MessageId id, PhoneNumber from, String text) {
        return new GatewayFrame.Deliver(number, id, from, Body.text(text), Instant.EPOCH);
    }

    void hangUp() {
        channel.close();
    }

    boolean isClosed() {
        return !channel.isOpen();
    }
}
