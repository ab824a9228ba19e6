package assent.device;

import assent.protocol.Body;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.time.Instant;

/// A message for this phone. Sender and message id together name it. Immutable; printing shows neither
/// sender nor body.
///
/// @param acceptedAt by the gateway's clock
public record ReceivedMessage(PhoneNumber from, MessageId messageId, Body body, Instant acceptedAt) {
    @Override
    public String toString() {
        return "ReceivedMessage[" + messageId + "]";
    }
}
