package assent.device;

import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;

/// A text that asked for a read mark and has had none. Immutable; printing shows no recipient.
public record UnreadText(MessageId messageId, PhoneNumber to) {
    @Override
    public String toString() {
        return "UnreadText[" + messageId + "]";
    }
}
