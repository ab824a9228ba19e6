package assent.server.delivery;

import assent.protocol.DeviceFrame.Inquire;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.server.store.Answer;
import java.util.Optional;
import java.util.function.Consumer;

/// Answers whether queued messages have reached their devices. A number that is unknown, withdrawn or
/// away, a message that is unknown, waits or expired, and a store that cannot be read all get the same
/// answer, after the same look-ups.
///
/// Confined to the session's event loop.
final class Inquiries {
    /// Inquiries under way; a further one is answered at once that there is nothing to tell.
    private static final int IN_FLIGHT_MAX = 64;

    private final Courier courier;
    private final DeviceId deviceId;
    private final Link link;
    private int inFlight;

    Inquiries(Courier courier, DeviceId deviceId, Link link) {
        this.courier = courier;
        this.deviceId = deviceId;
        this.link = link;
    }

    int underWay() {
        return inFlight;
    }

    void inquire(Inquire inquire) {
        Optional<PhoneNumber> to = Sender.parse(inquire.to());
        MessageId messageId = inquire.messageId();
        if (to.isEmpty() || inFlight >= IN_FLIGHT_MAX) {
            link.send(new GatewayFrame.InquiryAnswer(messageId, false));
            return;
        }
        inFlight++;
        Consumer<Answer<Boolean>> reply = answer -> {
            inFlight--;
            boolean delivered = answer instanceof Answer.Value<Boolean>(var found) && found;
            link.send(new GatewayFrame.InquiryAnswer(messageId, delivered));
        };
        courier.reads()
                .read(
                        store -> store.isDelivered(
                                to.get(), deviceId, messageId, courier.clock().instant()),
                        link.executor(),
                        reply);
    }
}
