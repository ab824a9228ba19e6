package assent.device;

import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// What one device remembers. A store belongs to one device at a time.
///
/// Confined to that device's event loop from the moment it is given to [Device#open]; no method
/// blocks. What a method returns is completed on any thread, in the order of the calls.
///
/// **Duplicates.** A store remembers which messages were received: at least the last [#RECEIVED_MIN]
/// of them. That is enough, because a gateway delivers again only what was not acknowledged, and a
/// mailbox holds at most 10,000 messages:
/// of the messages that came after a given one, no more than those can lie between it and its second
/// delivery.
public interface DeviceStore {
    /// How many received messages a store recognises at the least.
    int RECEIVED_MIN = 65_536;

    /// For how many queued messages a receipt is waited for; at the limit the oldest is given up.
    int AWAITED_MAX = 1_000;

    /// For how many texts a read mark is waited for; at the limit the oldest is given up.
    int UNREAD_MAX = 1_000;

    Kept kept();

    /// Whether [Change.Received] was written for this message, be it durable yet or not.
    boolean hasReceived(PhoneNumber from, MessageId messageId);

    /// Makes changes, all or none, after those before them.
    ///
    /// @return completed when they are as durable as this store makes anything; exceptionally with a
    ///     [DeviceStoreException] if they are not, and then no later change will be
    CompletionStage<Void> write(List<Change> changes);

    /// Makes a change that may be lost with a power cut, though not with the process alone: losing it
    /// costs a repetition, not a message.
    void writeSoon(Change change);

    /// Finishes the writes under way and lets go of files. No other method is called after it.
    CompletionStage<Void> close();
}
