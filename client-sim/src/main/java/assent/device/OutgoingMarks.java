package assent.device;

import assent.protocol.DeliveryOption;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.ReadMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Puts read marks into the outbox, where they go the way of texts.
///
/// A mark that never went out is replaced by one that names more texts, so a device that is away
/// gathers a mark for each sender and not one for each text. Marks take no place in the outbox once half
/// of it is taken: then they are dropped. Confined to its device's event loop.
final class OutgoingMarks {
    /// How long a mark waits for the texts' sender.
    private static final Duration LIFETIME = Duration.ofDays(7);

    private final DeviceContext device;
    private final Outbox outbox;
    private final AtomicInteger taken;
    private final Runnable pump;

    /// @param taken places in the outbox
    /// @param pump sends what waits there
    OutgoingMarks(DeviceContext device, Outbox outbox, AtomicInteger taken, Runnable pump) {
        this.device = device;
        this.outbox = outbox;
        this.taken = taken;
        this.pump = pump;
    }

    /// These texts of this sender were read.
    void mark(PhoneNumber sender, Set<MessageId> read) {
        var changes = new ArrayList<Change>();
        var texts = new LinkedHashSet<MessageId>();
        toFill(sender).ifPresent(entry -> {
            ReadMark.of(entry.message().body()).ifPresent(mark -> texts.addAll(mark.texts()));
            changes.add(drop(entry));
        });
        texts.addAll(read);
        var entries = new ArrayList<Outbox.Entry>();
        var all = List.copyOf(texts);
        for (int from = 0; from < all.size() && hasRoom(); from += ReadMark.TEXTS_MAX) {
            var mark = new ReadMark(all.subList(from, Math.min(all.size(), from + ReadMark.TEXTS_MAX)));
            var message = new OutgoingMessage(
                    MessageId.random(), sender, mark.body(), new DeliveryOption.CloudOnly(LIFETIME));
            taken.incrementAndGet();
            changes.add(new Change.Sending(message));
            entries.add(outbox.add(message, new SentMessage(message.messageId(), new CompletableFuture<>())));
        }
        device.durability().after(device.store().write(changes), () -> {
            entries.forEach(outbox::ready);
            pump.run();
        });
    }

    private Optional<Outbox.Entry> toFill(PhoneNumber sender) {
        return outbox.marks().stream()
                .filter(entry -> !entry.wasAsked()
                        && entry.message().to().equals(sender)
                        && entry.message().body().length() < ReadMark.TEXTS_MAX * Id.BYTES)
                .findFirst();
    }

    private boolean hasRoom() {
        return taken.get() < device.config().limits().outboxMessagesMax() / 2;
    }

    /// Those that wait are not sent any more.
    void drop() {
        outbox.marks().forEach(entry -> device.store().writeSoon(drop(entry)));
    }

    private Change drop(Outbox.Entry entry) {
        MessageId messageId = entry.message().messageId();
        outbox.remove(messageId);
        taken.decrementAndGet();
        return new Change.Settled(messageId);
    }
}
