package assent.device;

import assent.protocol.Body;
import assent.protocol.BodyType;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.ReadMark;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Read marks, if this device's user allows them: asks for one with each text, sends one for texts that
/// asked and were read, and tells the app of those that come.
///
/// | what comes | what follows |
/// |---|---|
/// | a mark for a text that this device sent to that number and that waits for one | told, once |
/// | a mark for another text, or for one that was marked before or fell back | nothing |
/// | a malformed mark | nothing |
/// | the user switches off | nothing is waited for any more, and marks that wait in the outbox are dropped |
///
/// A mark asks for none, so marks never lead to marks. At most [DeviceStore#UNREAD_MAX] texts are
/// waited for; the oldest are given up first. Confined to its device's event loop.
final class ReadMarks {
    private final DeviceContext device;
    private final Map<MessageId, UnreadText> unread = new LinkedHashMap<>(0);
    private boolean allowed;

    ReadMarks(DeviceContext device) {
        this.device = device;
    }

    /// Takes up what an earlier run left.
    void restore(Kept kept) {
        allowed = kept.readMarksAllowed();
        kept.unread().forEach(text -> unread.put(text.messageId(), text));
    }

    boolean areAllowed() {
        return allowed;
    }

    /// The user's choice, told when it is durable.
    void allow(boolean choice, CompletableFuture<Boolean> promise) {
        allowed = choice;
        if (!choice) {
            unread.clear();
        }
        var write = device.store().write(List.of(new Change.ReadMarksAllowed(choice)));
        device.durability().after(write, () -> device.callbacks().run(() -> promise.complete(true)));
    }

    /// What is to be sent for this message: with the question for a mark, if the user allows it.
    OutgoingMessage asking(OutgoingMessage message) {
        if (!allowed || message.body().type() != BodyType.TEXT_UTF8) {
            return message;
        }
        Body body = message.body().wantingReadMark();
        DeviceMemory.expectMark(unread, new UnreadText(message.messageId(), message.to()));
        return new OutgoingMessage(message.messageId(), message.to(), body, message.delivery());
    }

    /// The text is not delivered, so nobody will read it.
    void notDelivered(MessageId messageId) {
        if (unread.remove(messageId) != null) {
            device.store().writeSoon(new Change.ReadDone(messageId));
        }
    }

    /// Which of these texts are to be marked for whom.
    Map<PhoneNumber, Set<MessageId>> toMark(List<ReceivedMessage> read) {
        var bySender = new LinkedHashMap<PhoneNumber, Set<MessageId>>();
        if (allowed) {
            read.stream()
                    .filter(message -> message.body().readMarkWanted())
                    .forEach(message -> bySender.computeIfAbsent(message.from(), _ -> new LinkedHashSet<>())
                            .add(message.messageId()));
        }
        return bySender;
    }

    /// A mark came, and is safe: the app hears of each text that it may speak of.
    void received(ReceivedMessage message) {
        ReadMark.of(message.body()).ifPresent(mark -> mark.texts().forEach(text -> read(text, message.from())));
    }

    private void read(MessageId text, PhoneNumber by) {
        UnreadText known = unread.get(text);
        if (known == null || !known.to().equals(by)) {
            return;
        }
        unread.remove(text);
        device.callbacks().run(() -> {
            try {
                device.listener().onRead(text);
            } finally {
                device.onLoop(() -> device.store().writeSoon(new Change.ReadDone(text)));
            }
        });
    }

    /// Waits for nothing any more, or this run does not.
    void clear() {
        unread.clear();
        allowed = false;
    }
}
