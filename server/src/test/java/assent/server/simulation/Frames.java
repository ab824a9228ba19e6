package assent.server.simulation;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;

/// Frames in the words of the journal. Stateless but for the promises that it asks for texts.
final class Frames {
    private static final int SMALL_BYTES = 40;

    private final Promises promises;

    Frames(Promises promises) {
        this.promises = promises;
    }

    static int bytes(DeviceFrame frame) {
        return frame instanceof DeviceFrame.Send send
                ? SMALL_BYTES + send.body().orElseThrow().length()
                : SMALL_BYTES;
    }

    static int bytes(GatewayFrame frame) {
        return frame instanceof GatewayFrame.Deliver deliver
                ? SMALL_BYTES + deliver.body().length()
                : SMALL_BYTES;
    }

    String name(VirtualPhone phone, DeviceFrame frame) {
        return switch (frame) {
            case DeviceFrame.Send send ->
                "Send " + promises.text(phone.number(), send.messageId()) + (send.askedBefore() ? " again" : "");
            case DeviceFrame.Inquire inquire -> "Inquire " + promises.text(phone.number(), inquire.messageId());
            case DeviceFrame.Acknowledge(var through) -> "Acknowledge " + through;
            default -> frame.getClass().getSimpleName();
        };
    }

    String name(VirtualPhone phone, GatewayFrame frame) {
        return switch (frame) {
            case GatewayFrame.Deliver deliver ->
                "Deliver " + deliver.deliveryNumber() + " " + promises.text(deliver.from(), deliver.messageId());
            case GatewayFrame.SendResult result ->
                "SendResult " + promises.text(phone.number(), result.messageId()) + " " + result.outcome()
                        + result.reason().map(reason -> " " + reason).orElse("");
            case GatewayFrame.DeliveryReceipt(var id) -> "DeliveryReceipt " + promises.text(phone.number(), id);
            case GatewayFrame.InquiryAnswer(var id, var delivered) ->
                "InquiryAnswer " + promises.text(phone.number(), id) + " " + delivered;
            case GatewayFrame.SignedIn(var epoch) -> "SignedIn " + epoch;
            case GatewayFrame.Goodbye goodbye -> "Goodbye " + goodbye.reason();
            default -> frame.getClass().getSimpleName();
        };
    }
}
