package assent.device;

import java.util.List;

/// What a store remembers when a device is opened. Immutable.
///
/// @param outbox messages without a final result, oldest first
/// @param fellBack messages that become SMS and were not handed to the app yet, oldest first
/// @param awaited queued messages whose receipt has not come, oldest first
/// @param unshown messages that are safe but were not handed to the app yet, oldest first
/// @param readMarksAllowed the user's choice
/// @param unread texts whose read mark is waited for, oldest first
public record Kept(
        Standing standing,
        List<OutgoingMessage> outbox,
        List<OutgoingMessage> fellBack,
        List<AwaitedReceipt> awaited,
        List<ReceivedMessage> unshown,
        boolean readMarksAllowed,
        List<UnreadText> unread) {
    public Kept {
        outbox = List.copyOf(outbox);
        fellBack = List.copyOf(fellBack);
        awaited = List.copyOf(awaited);
        unshown = List.copyOf(unshown);
        unread = List.copyOf(unread);
    }
}
