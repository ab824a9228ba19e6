package assent.load.driver;

import assent.load.phones.Phone;
import assent.protocol.Body;
import assent.protocol.BodyType;
import assent.protocol.Bytes;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.MessageId;
import assent.protocol.consent.SignInProof;
import assent.protocol.wire.FrameDecoder;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// A phone's connection to a gateway. A message id is a random half, one for each connection, and the
/// text's number.
///
/// Confined to its channel's event loop.
final class AssentLine extends LineHandler<GatewayFrame> {
    private static final String CLIENT = "assent-loadtest/0.1.0";
    private static final String LOCALE = "en";
    private static final Optional<DeliveryOption> AS_LONG_AS_ALLOWED =
            Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO));

    private final Phone phone;
    private final String peer;
    private final Bytes channelBinding;
    private final FrameDecoder<GatewayFrame> decoder;
    private final long idHalf = ThreadLocalRandom.current().nextLong();
    private long arrivedThrough;
    private long acknowledgedThrough;

    AssentLine(Phone phone, String peer, Bytes channelBinding, FrameDecoder<GatewayFrame> decoder, LineEvents events) {
        super(GatewayFrame.class, events);
        this.phone = phone;
        this.peer = peer;
        this.channelBinding = channelBinding;
        this.decoder = decoder;
    }

    @Override
    void begin() {
        write(new DeviceFrame.Hello(Limits.PROTOCOL_VERSION, CLIENT, LOCALE));
    }

    @Override
    public void send(long number, byte[] text) {
        write(new DeviceFrame.Send(
                new MessageId(idHalf, number),
                peer,
                Optional.of(Body.wrap(BodyType.TEXT_UTF8, text)),
                AS_LONG_AS_ALLOWED));
    }

    @Override
    public void keepAlive() {
        write(new DeviceFrame.Ping(0));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, GatewayFrame frame) {
        switch (frame) {
            case GatewayFrame.Deliver deliver -> arrived(deliver);
            case GatewayFrame.SendResult result -> answered(result);
            case GatewayFrame.Welcome welcome -> signIn(welcome);
            case GatewayFrame.SignedIn _ -> events().ready(this);
            case GatewayFrame.Ping(var token) -> write(new DeviceFrame.Pong(token));
            case GatewayFrame.Pong _, GatewayFrame.DeliveryReceipt _, GatewayFrame.RenewalRequired _ -> {}
            case GatewayFrame.Goodbye(var reason, var _) ->
                end("goodbye " + reason.name().toLowerCase(Locale.ROOT));
            case GatewayFrame.NoticeText _,
                    GatewayFrame.ActivationClosed _,
                    GatewayFrame.ApprovalAccepted _,
                    GatewayFrame.CodeSent _,
                    GatewayFrame.SmsRequested _,
                    GatewayFrame.Activated _,
                    GatewayFrame.InquiryAnswer _,
                    GatewayFrame.BlockAnswer _,
                    GatewayFrame.PinRequired _,
                    GatewayFrame.PinSet _,
                    GatewayFrame.DataExport _,
                    GatewayFrame.ConsentRenewed _,
                    GatewayFrame.Withdrawn _,
                    GatewayFrame.Refused _ -> end("unexpected frame");
        }
    }

    private void signIn(GatewayFrame.Welcome welcome) {
        decoder.allow(welcome.frameBytesMax());
        Bytes proof = SignInProof.bytesToSign(welcome.serverNonce(), channelBinding);
        write(new DeviceFrame.SignIn(phone.deviceId(), phone.key().sign(proof)));
    }

    private void arrived(GatewayFrame.Deliver deliver) {
        arrivedThrough = deliver.deliveryNumber();
        events().arrived(deliver.messageId().low(), deliver.body().borrow());
    }

    @Override
    void readEnds() {
        if (arrivedThrough > acknowledgedThrough) {
            acknowledgedThrough = arrivedThrough;
            write(new DeviceFrame.Acknowledge(arrivedThrough));
        }
    }

    private void answered(GatewayFrame.SendResult result) {
        long number = result.messageId().low();
        switch (result.outcome()) {
            case DELIVERED -> events().accepted(number, LineEvents.Answer.DELIVERED);
            case QUEUED -> events().accepted(number, LineEvents.Answer.TAKEN);
            case FALL_BACK -> events().refused(number, "fell back");
            case REFUSED ->
                events().refused(
                                number,
                                result.reason()
                                        .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                                        .orElse("refused"));
        }
    }
}
