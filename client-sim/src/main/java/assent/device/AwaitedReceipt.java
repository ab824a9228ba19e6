package assent.device;

import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.time.Instant;

/// A queued message whose delivery is still to be heard of. Immutable; printing shows no recipient.
///
/// @param until when the gateway has forgotten it at the latest, by this device's clock
public record AwaitedReceipt(MessageId messageId, PhoneNumber to, Instant until) {
    @Override
    public String toString() {
        return "AwaitedReceipt[" + messageId + "]";
    }
}
