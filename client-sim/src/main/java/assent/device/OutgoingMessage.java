package assent.device;

import assent.protocol.Body;
import assent.protocol.BodyType;
import assent.protocol.DeliveryOption;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;

/// A message in the outbox. Immutable; printing shows neither recipient nor body.
public record OutgoingMessage(MessageId messageId, PhoneNumber to, Body body, DeliveryOption delivery) {
    boolean isReadMark() {
        return body.type() == BodyType.READ_MARK;
    }

    @Override
    public String toString() {
        return "OutgoingMessage[" + messageId + "]";
    }
}
