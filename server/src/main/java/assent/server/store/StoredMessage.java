package assent.server.store;

import assent.protocol.Body;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.time.Instant;

/// A message that waits in a mailbox. Immutable.
///
/// @param sequence its place in the mailbox: messages of one sender have rising sequences in the order
///     of their sending
/// @param from the sender's number
/// @param fromDevice the sender's device, which gets the receipt
/// @param acceptedAt when the gateway took it, by the gateway's clock
/// @param expiresAt from then on it is invisible
public record StoredMessage(
        long sequence,
        MessageId messageId,
        PhoneNumber from,
        DeviceId fromDevice,
        Body body,
        Instant acceptedAt,
        Instant expiresAt) {}
