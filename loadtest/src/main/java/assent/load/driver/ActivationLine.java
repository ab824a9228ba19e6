package assent.load.driver;

import assent.load.phones.Phone;
import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.ConsentId;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import assent.protocol.wire.FrameDecoder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One phone's activation, by a user who approves what the notice says without reading it, as only
/// simulated users do. Confined to its channel's event loop.
final class ActivationLine extends LineHandler<GatewayFrame> {
    private static final String CLIENT = "assent-loadtest/0.1.0";
    private static final String LOCALE = "en";
    private static final int CLAIMS_MAX = 20;

    private final PhoneNumber number;
    private final EventLoop loop;
    private final CodeDesk codes;
    private final FrameDecoder<GatewayFrame> decoder;
    private final CompletableFuture<Phone> activated;
    private final KeyPair key = KeyPair.generate();
    private Bytes nonce = Bytes.utf8("");
    private Optional<ConsentId> consent = Optional.empty();
    private Optional<ChallengeId> challenge = Optional.empty();
    private Optional<String> code = Optional.empty();
    private int claims;

    ActivationLine(PhoneNumber number, EventLoop loop, CodeDesk codes, FrameDecoder<GatewayFrame> decoder) {
        this(number, loop, codes, decoder, new CompletableFuture<>());
    }

    private ActivationLine(
            PhoneNumber number,
            EventLoop loop,
            CodeDesk codes,
            FrameDecoder<GatewayFrame> decoder,
            CompletableFuture<Phone> activated) {
        super(GatewayFrame.class, new EndOnly(activated));
        this.number = number;
        this.loop = loop;
        this.codes = codes;
        this.decoder = decoder;
        this.activated = activated;
    }

    CompletableFuture<Phone> activated() {
        return activated;
    }

    @Override
    void begin() {
        write(new DeviceFrame.Hello(Limits.PROTOCOL_VERSION, CLIENT, LOCALE));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, GatewayFrame frame) {
        switch (frame) {
            case GatewayFrame.Welcome welcome -> {
                decoder.allow(welcome.frameBytesMax());
                nonce = welcome.serverNonce();
                write(new DeviceFrame.NoticeRequest(LOCALE, number.callingCode()));
            }
            case GatewayFrame.NoticeText(var canonical) -> approve(Notice.parse(canonical));
            case GatewayFrame.ApprovalAccepted accepted -> {
                consent = Optional.of(accepted.consentId());
                claim();
            }
            case GatewayFrame.CodeSent sent -> {
                challenge = Optional.of(sent.challengeId());
                answer();
            }
            case GatewayFrame.Activated done -> {
                activated.complete(Phone.of(number, done.deviceId(), key));
                close();
            }
            case GatewayFrame.Refused(var reason, var retryAfter, var _)
            when retryAfter.isPresent() && consent.isPresent() && claims < CLAIMS_MAX -> claimAfter(retryAfter.get());
            case GatewayFrame.Refused refused -> end("refused " + refused.reason());
            case GatewayFrame.ActivationClosed closed -> end("closed " + closed.reason());
            case GatewayFrame.Goodbye goodbye -> end("goodbye " + goodbye.reason());
            case GatewayFrame.Ping(var token) -> write(new DeviceFrame.Pong(token));
            default -> end("unexpected " + frame.getClass().getSimpleName());
        }
    }

    private void approve(Notice notice) {
        var grant = new ConsentGrant(
                notice.hash(),
                List.copyOf(notice.purposes().keySet()),
                notice.locale(),
                number.callingCode(),
                key.publicKey(),
                nonce,
                Instant.now());
        write(new DeviceFrame.Approval(grant.canonical(), key.sign(grant.canonical())));
    }

    private void claim() {
        claims++;
        challenge = Optional.empty();
        code = Optional.empty();
        codes.await(
                number,
                digits -> loop.execute(() -> {
                    code = Optional.of(digits);
                    answer();
                }));
        write(new DeviceFrame.Claim(consent.orElseThrow(), number.e164(), ProofMethod.SMS_CODE));
    }

    private void claimAfter(Duration pause) {
        loop.schedule(this::claim, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The SMS may be faster than the gateway's word that it was sent.
    private void answer() {
        if (challenge.isPresent() && code.isPresent()) {
            write(new DeviceFrame.CodeAnswer(challenge.get(), code.get()));
            challenge = Optional.empty();
        }
    }

    @Override
    public void send(long textNumber, byte[] text) {
        throw new IllegalStateException("this phone is not activated yet");
    }

    @Override
    public void keepAlive() {}

    private record EndOnly(CompletableFuture<Phone> activated) implements LineEvents {
        @Override
        public void ready(Line line) {}

        @Override
        public void accepted(long number, Answer answer) {}

        @Override
        public void refused(long number, String reason) {}

        @Override
        public void arrived(long number, byte[] text) {}

        @Override
        public void ended(Line line, String reason) {
            activated.completeExceptionally(new IllegalStateException("an activation ended: " + reason));
        }
    }
}
