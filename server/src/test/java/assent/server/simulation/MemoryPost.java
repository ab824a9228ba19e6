package assent.server.simulation;

import assent.server.store.Activation;
import assent.server.store.MessageState;
import assent.server.store.Suspension;
import assent.server.store.Write;
import java.time.Instant;
import java.util.Optional;

/// How messages come into mailboxes, and fall back. Confined to one thread.
record MemoryPost(MemoryTables tables, MemoryFallbacks fallbacks, MailboxLimits limits, Suspension suspension) {
    Write.AppendResult append(Write.Append append, long sequence) {
        if (append.lifetime().deadline().isEmpty()) {
            return put(append, sequence);
        }
        Optional<Write.FallsBack> noted = fallbacks.find(append, limits.outcomesMax());
        if (noted.isPresent()) {
            return noted.get();
        }
        Write.AppendResult result = put(append, sequence);
        return switch (result) {
            case Write.Appended there when there.state() != MessageState.PURGED -> there;
            case Write.FallsBack fellBack -> fellBack;
            case Write.Appended _, Write.NoMailbox _, Write.MailboxFull _ ->
                fallbacks.awaitDeadline(append, limits.outcomesMax());
        };
    }

    private Write.AppendResult put(Write.Append append, long sequence) {
        Optional<Activation> to = tables.activationOf(append.to())
                .filter(there -> append.onlyFor().map(there.deviceId()::equals).orElse(true));
        boolean suspended = to.filter(there -> suspension.applies(there.noticeVersion(), append.acceptedAt()))
                .isPresent();
        Optional<MemoryMailbox> box = to.flatMap(there -> tables.mailbox(there.deviceId()));
        if (box.isEmpty()) {
            if (append.lifetime().deadline().isEmpty()) {
                tables.activationOf(append.to())
                        .flatMap(other -> tables.mailbox(other.deviceId()))
                        .ifPresent(other -> other.disown(append, sequence));
            }
            return new Write.NoMailbox();
        }
        var late = box.get().fallBackIfDue(append.fromDevice(), append.messageId(), append.acceptedAt());
        if (late.isPresent()) {
            note(late.get(), append.acceptedAt());
            return new Write.FallsBack(Optional.empty());
        }
        return box.get().append(append, sequence, limits, suspended);
    }

    Write.FallBackResult fallBack(Write.FallBack write) {
        boolean delivered = tables.activationOf(write.to())
                .flatMap(there -> tables.mailbox(there.deviceId()))
                .filter(box -> !box.fallBack(write.fromDevice(), write.messageId()))
                .isPresent();
        if (delivered) {
            return new Write.DeliveredBefore();
        }
        fallbacks.decide(
                write.fromDevice(), write.messageId(), write.rememberUntil(), write.now(), limits.outcomesMax());
        return new Write.FellBack();
    }

    /// What waited behind its deadline has fallen back.
    void note(MemoryMailbox.FellBack late, Instant now) {
        fallbacks.decide(late.fromDevice(), late.messageId(), late.until(), now, limits.outcomesMax());
    }
}
