package assent.device;

import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What changes add up to: the state behind every store. Not thread-safe.
final class DeviceMemory {
    private final ReceivedWindow received;
    private final Map<MessageId, OutgoingMessage> outbox = new LinkedHashMap<>();
    private final Map<MessageId, OutgoingMessage> fellBack = new LinkedHashMap<>(0);
    private final Map<MessageId, AwaitedReceipt> awaited = new LinkedHashMap<>(0);
    private final Map<MessageOf, ReceivedMessage> unshown = new LinkedHashMap<>();
    private final Map<MessageId, UnreadText> unread = new LinkedHashMap<>(0);
    private boolean readMarksAllowed;
    private Standing standing = new Standing.NotActivated();

    private record MessageOf(PhoneNumber from, MessageId messageId) {}

    /// @param receivedMin how many received messages are recognised at the least
    DeviceMemory(int receivedMin) {
        received = new ReceivedWindow(receivedMin);
    }

    void apply(Change change) {
        switch (change) {
            case Change.Activated(var activation) -> {
                forgetMessages();
                standing = new Standing.Activated(activation);
            }
            case Change.Renewing(var renewal) -> become(activation -> activation.renewing(renewal));
            case Change.RenewalDropped() -> become(KeptActivation::notRenewing);
            case Change.Renewed(var papers) -> become(activation -> activation.renewed(papers));
            case Change.WithdrawalAsked(var requestedAt) -> {
                outbox.clear();
                fellBack.clear();
                awaited.clear();
                unshown.clear();
                forgetReadMarks();
                if (standing instanceof Standing.Activated(var activation)) {
                    standing = new Standing.WithdrawalPending(activation, requestedAt);
                }
            }
            case Change.Erased(var erasure) -> {
                forgetMessages();
                standing = new Standing.Withdrawn(erasure);
            }
            case Change.Forgotten() -> {
                forgetMessages();
                standing = new Standing.NotActivated();
            }
            case Change.Sending(var message) -> {
                outbox.put(message.messageId(), message);
                if (message.body().readMarkWanted()) {
                    expectMark(unread, new UnreadText(message.messageId(), message.to()));
                }
            }
            case Change.FellBack(var messageId) -> {
                unread.remove(messageId);
                OutgoingMessage message = outbox.remove(messageId);
                if (message != null) {
                    fellBack.put(messageId, message);
                }
            }
            case Change.Settled(var messageId) -> {
                outbox.remove(messageId);
                fellBack.remove(messageId);
            }
            case Change.Queued(var receipt) -> {
                outbox.remove(receipt.messageId());
                await(awaited, receipt);
            }
            case Change.ReceiptDone(var messageId) -> awaited.remove(messageId);
            case Change.Received(var message) -> {
                received.add(message.from(), message.messageId());
                unshown.put(new MessageOf(message.from(), message.messageId()), message);
            }
            case Change.Shown(var from, var messageId) -> unshown.remove(new MessageOf(from, messageId));
            case Change.ReceivedEarlier(var keys) -> received.addAll(keys);
            case Change.ReadMarksAllowed(var allowed) -> {
                if (!allowed) {
                    forgetReadMarks();
                }
                readMarksAllowed = allowed;
            }
            case Change.Unread(var text) -> expectMark(unread, text);
            case Change.ReadDone(var messageId) -> unread.remove(messageId);
        }
    }

    private void become(UnaryOperator<KeptActivation> change) {
        if (standing instanceof Standing.Activated(var activation)) {
            standing = new Standing.Activated(change.apply(activation));
        }
    }

    private static void addActivation(List<Change> changes, KeptActivation activation) {
        changes.add(new Change.Activated(activation.notRenewing()));
        activation.renewal().ifPresent(renewal -> changes.add(new Change.Renewing(renewal)));
    }

    /// Waits for one more receipt, and gives up the oldest if these are too many.
    static void await(Map<MessageId, AwaitedReceipt> awaited, AwaitedReceipt receipt) {
        awaited.put(receipt.messageId(), receipt);
        if (awaited.size() > DeviceStore.AWAITED_MAX) {
            awaited.remove(awaited.keySet().iterator().next());
        }
    }

    /// Waits for one more read mark, and gives up the oldest if these are too many.
    static void expectMark(Map<MessageId, UnreadText> unread, UnreadText text) {
        unread.put(text.messageId(), text);
        if (unread.size() > DeviceStore.UNREAD_MAX) {
            unread.remove(unread.keySet().iterator().next());
        }
    }

    private void forgetReadMarks() {
        unread.clear();
        readMarksAllowed = false;
    }

    private void forgetMessages() {
        forgetReadMarks();
        outbox.clear();
        fellBack.clear();
        awaited.clear();
        unshown.clear();
        received.clear();
    }

    boolean hasReceived(PhoneNumber from, MessageId messageId) {
        return received.contains(from, messageId);
    }

    Kept kept() {
        return new Kept(
                standing,
                List.copyOf(outbox.values()),
                List.copyOf(fellBack.values()),
                List.copyOf(awaited.values()),
                List.copyOf(unshown.values()),
                readMarksAllowed,
                List.copyOf(unread.values()));
    }

    Standing standing() {
        return standing;
    }

    /// The shortest changes that lead from nothing to this state.
    List<Change> summary() {
        var changes = new ArrayList<Change>();
        switch (standing) {
            case Standing.NotActivated() -> {}
            case Standing.Activated(var activation) -> addActivation(changes, activation);
            case Standing.WithdrawalPending(var activation, var requestedAt) -> {
                addActivation(changes, activation);
                changes.add(new Change.WithdrawalAsked(requestedAt));
            }
            case Standing.Withdrawn(var erasure) -> changes.add(new Change.Erased(erasure));
        }
        if (readMarksAllowed) {
            changes.add(new Change.ReadMarksAllowed(true));
        }
        unread.values().forEach(text -> changes.add(new Change.Unread(text)));
        received.chunks().forEach(keys -> changes.add(new Change.ReceivedEarlier(keys)));
        unshown.values().forEach(message -> changes.add(new Change.Received(message)));
        awaited.values().forEach(receipt -> changes.add(new Change.Queued(receipt)));
        fellBack.values().forEach(message -> {
            changes.add(new Change.Sending(message));
            changes.add(new Change.FellBack(message.messageId()));
        });
        outbox.values().forEach(message -> {
            changes.add(new Change.Sending(message));
            if (message.body().readMarkWanted() && !unread.containsKey(message.messageId())) {
                changes.add(new Change.ReadDone(message.messageId())); // read before its outcome, or switched off since
            }
        });
        return changes;
    }
}
