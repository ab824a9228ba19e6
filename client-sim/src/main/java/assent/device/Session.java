package assent.device;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import java.time.Instant;
import java.util.Optional;

/// A connection on which the device is signed in: messages in both directions.
///
/// Confined to its channel's event loop.
final class Session {
    private final DeviceCore core;
    private final Connection connection;
    private final Inbox inbox;
    private final int sendsInFlightMax;
    private final Bytes serverNonce;

    Session(DeviceContext device, DeviceCore core, Connection connection, GatewayFrame.Welcome welcome) {
        this.core = core;
        this.connection = connection;
        this.inbox = new Inbox(device, core.shower(), connection, Math.max(1, welcome.deliveriesInFlightMax()));
        this.serverNonce = welcome.serverNonce();
        this.sendsInFlightMax = Math.max(1, welcome.sendsInFlightMax());
    }

    /// @return whether the frame is legal here
    boolean onFrame(GatewayFrame frame) {
        if (frame instanceof GatewayFrame.Deliver delivery) {
            return inbox.deliver(delivery);
        }
        if (frame instanceof GatewayFrame.SendResult result) {
            core.sending().onResult(result);
            return true;
        }
        if (frame instanceof GatewayFrame.DeliveryReceipt(var messageId)) {
            core.sending().receipts().received(messageId);
            return true;
        }
        if (frame instanceof GatewayFrame.InquiryAnswer(var messageId, var delivered)) {
            return core.sending().receipts().answered(this, messageId, delivered);
        }
        if (frame instanceof GatewayFrame.BlockAnswer answer) {
            return core.blocking().answered(answer);
        }
        if (frame instanceof GatewayFrame.RenewalRequired required) {
            return core.renewal().onFrame(required);
        }
        if (frame instanceof GatewayFrame.ConsentRenewed renewed) {
            connection.answered();
            return core.renewal().onFrame(renewed);
        }
        if (Exporting.concerns(frame)) {
            return core.exporting().onFrame(frame, this);
        }
        if (frame instanceof GatewayFrame.Refused refused) {
            if (core.pins().onFrame(refused)) {
                return true;
            }
            connection.answered();
            return core.renewal().onFrame(refused);
        }
        return core.pins().onFrame(frame);
    }

    void setPin(DeviceFrame.SetPin frame) {
        connection.send(frame);
    }

    /// Signed into renewals; see [Renewal].
    Bytes serverNonce() {
        return serverNonce;
    }

    void renew(DeviceFrame.Renewal renewal) {
        connection.ask(renewal);
    }

    void readComplete() {
        inbox.readComplete();
    }

    int sendsInFlightMax() {
        return sendsInFlightMax;
    }

    boolean isWritable() {
        return connection.isWritable();
    }

    /// @param askedBefore whether the gateway may know this message
    void send(OutgoingMessage message, boolean askedBefore) {
        connection.send(new DeviceFrame.Send(
                message.messageId(),
                message.to().e164(),
                Optional.of(message.body()),
                Optional.of(message.delivery()),
                askedBefore));
    }

    void inquire(AwaitedReceipt receipt) {
        connection.send(
                new DeviceFrame.Inquire(receipt.messageId(), receipt.to().e164()));
    }

    void send(DeviceFrame request) {
        connection.send(request);
    }

    /// A message has had no result for the whole answer timeout.
    void sendUnanswered() {
        unanswered("Send");
    }

    void unanswered(String question) {
        connection.conversation().unanswered(question);
    }

    void withdraw(KeptActivation activation, Instant requestedAt) {
        connection.conversation().withdraw(activation, requestedAt);
    }
}
