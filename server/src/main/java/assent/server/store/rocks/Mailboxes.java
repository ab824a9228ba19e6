package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.MessageState;
import assent.server.store.Suspension;
import assent.server.store.Write;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Puts messages into mailboxes and takes them out. Each message has three rows: itself, its entry
/// in the duplicate index, its entry in the expiry index; they come together. An acknowledged
/// message leaves the last two behind, as its outcome, until its expiry. One with a deadline leaves
/// what became of it with its sender ([Fallbacks]) if nobody acknowledged it. All other ways out
/// erase all three.
///
/// Confined to the store's writer.
final class Mailboxes {
    private final Keys keys;
    private final RocksConfig limits;
    private final MailboxCache cache;
    private final BlockLists blockLists;
    private final Sequences sequences;
    private final Outcomes outcomes;
    private final Fallbacks fallbacks;
    private final MessageSeal seal = new MessageSeal();
    private final Suspension suspension;
    private final Mailbox nobody;

    Mailboxes(
            Keys keys,
            RocksConfig limits,
            MailboxCache cache,
            BlockLists blockLists,
            Sequences sequences,
            Suspension suspension) {
        this.keys = keys;
        this.limits = limits;
        this.cache = cache;
        this.blockLists = blockLists;
        this.sequences = sequences;
        this.outcomes = new Outcomes(limits, cache);
        this.fallbacks = new Fallbacks(outcomes, sequences);
        this.suspension = suspension;
        this.nobody = Mailbox.of(DeviceId.random(), keys.freshKey(), "");
    }

    Write.AppendResult append(Batch batch, Write.Append append) throws RocksDBException {
        NumberMac number = keys.macOf(append.to());
        Optional<Mailbox> found = cache.mailbox(batch, number)
                .filter(mailbox ->
                        append.onlyFor().map(mailbox.deviceId()::equals).orElse(true));
        boolean hasDeadline = append.lifetime().deadline().isPresent();
        Optional<Write.FallsBack> noted = hasDeadline ? fallbacks.find(batch, append) : Optional.empty();
        long sequence = sequences.next();
        Mailbox mailbox = found.orElse(nobody);
        byte[] key = MessageRow.key(mailbox.deviceId(), sequence);
        byte[] row = seal.seal(mailbox, key, sequence, append);
        Write.AppendResult result;
        if (noted.isPresent()) {
            result = noted.get();
        } else if (found.isPresent()) {
            result = put(batch, append, mailbox, key, row);
        } else {
            result = new Write.NoMailbox();
            if (!hasDeadline) {
                disown(batch, append, number, sequence);
            }
        }
        boolean isPut = result instanceof Write.Appended there && there.sequence() == sequence;
        if (!isPut) {
            // Sealed and logged all the same: the sender's wait must not tell who has no mailbox.
            batch.decoy(row);
        }
        boolean hasNoPlace = result instanceof Write.NoMailbox
                || result instanceof Write.MailboxFull
                || (result instanceof Write.Appended known && known.state() == MessageState.PURGED);
        return hasDeadline && hasNoPlace ? fallbacks.awaitDeadline(batch, append) : result;
    }

    private Write.AppendResult put(Batch batch, Write.Append append, Mailbox mailbox, byte[] key, byte[] row)
            throws RocksDBException {
        DeviceId device = mailbox.deviceId();
        Fill fill = cache.fill(batch, device);
        byte[] sentKey = SentRow.key(device, append.fromDevice(), append.messageId());
        long now = Moment.nanos(append.acceptedAt());
        if (!fill.isEmpty()) { // an empty mailbox has no duplicates: one look-up less on the busiest path
            Optional<SentRow> there = outcomes.find(batch, sentKey);
            if (there.isPresent() && there.get().expiresAtNanos() > now) {
                return known(batch, append, device, there.get());
            }
            if (there.isPresent()) {
                outcomes.erase(batch, device, sentKey, there.get());
            }
        }
        // After the look for what is known: what came before the block, or was accepted before the
        // suspension, keeps its outcome.
        if (suspension.applies(mailbox.noticeVersion(), append.acceptedAt())
                || blockLists.isBlocked(batch, device, fill, append.from())) {
            return new Write.NoMailbox();
        }
        if (!fill.hasRoomFor(row.length, limits)) {
            return new Write.MailboxFull();
        }
        outcomes.makeRoom(batch, device);
        long sequence = MessageRow.sequence(key);
        Optional<Instant> deadline = append.lifetime().deadline();
        batch.put(Table.MAILBOX, key, row);
        outcomes.put(
                batch,
                device,
                sentKey,
                SentRow.waiting(
                        sequence,
                        Moment.nanos(append.expiresAt()),
                        row.length,
                        deadline.map(Moment::nanos).orElse(Moment.NEVER)));
        return new Write.Appended(device, sequence, MessageState.WAITING, deadline);
    }

    void renewed(NumberMac number, Mailbox mailbox) {
        cache.renewed(number, mailbox);
    }

    private Write.AppendResult known(Batch batch, Write.Append append, DeviceId device, SentRow there)
            throws RocksDBException {
        long now = Moment.nanos(append.acceptedAt());
        if (there.isWaiting() && there.deadlineNanos() <= now) {
            fallBack(batch, device, append.fromDevice(), append.messageId(), there, now);
            return new Write.FallsBack(Optional.empty());
        }
        Optional<Instant> deadline = there.isWaiting() && there.hasDeadline()
                ? Optional.of(Moment.instant(there.deadlineNanos()))
                : Optional.empty();
        return new Write.Appended(device, there.sequence(), there.state(), deadline);
    }

    private void fallBack(
            Batch batch, DeviceId device, DeviceId fromDevice, MessageId messageId, SentRow waiting, long nowNanos)
            throws RocksDBException {
        outcomes.erase(batch, device, SentRow.key(device, fromDevice, messageId), waiting);
        fallbacks.decide(batch, fromDevice, messageId, waiting.expiresAtNanos(), nowNanos);
    }

    Write.FallBackResult fallBack(Batch batch, Write.FallBack write) throws RocksDBException {
        Optional<Mailbox> mailbox = cache.mailbox(batch, keys.macOf(write.to()));
        DeviceId device = mailbox.orElse(nobody).deviceId();
        byte[] sentKey = SentRow.key(device, write.fromDevice(), write.messageId());
        Optional<SentRow> there = outcomes.find(batch, sentKey);
        if (there.isPresent() && there.get().state().isDelivered()) {
            return new Write.DeliveredBefore();
        }
        if (there.isPresent() && there.get().isWaiting()) {
            outcomes.erase(batch, device, sentKey, there.get());
        }
        fallbacks.decide(
                batch,
                write.fromDevice(),
                write.messageId(),
                Moment.nanos(write.rememberUntil()),
                Moment.nanos(write.now()));
        return new Write.FellBack();
    }

    Write.Removed remove(Batch batch, Write.Remove remove) throws RocksDBException {
        byte[] head = new byte[MessageRow.HEADER_BYTES];
        List<Long> removed = new ArrayList<>(remove.sequences().size());
        for (long sequence : remove.sequences()) {
            byte[] key = MessageRow.key(remove.mailbox(), sequence);
            int length = batch.getHead(Table.MAILBOX, key, head);
            if (length >= 0) {
                MessageRow row = MessageRow.readHeader(head);
                MessageState outcome = row.fallsBack() ? MessageState.DELIVERED : remove.as();
                settle(batch, remove.mailbox(), row, sent(batch, key, row, length), outcome);
                removed.add(sequence);
            }
        }
        return new Write.Removed(removed);
    }

    /// The duplicate index's row of a message: known from the message itself, unless it has two times.
    private SentRow sent(Batch batch, byte[] key, MessageRow row, int length) throws RocksDBException {
        if (!row.fallsBack()) {
            return SentRow.waiting(MessageRow.sequence(key), row.expiresAtNanos(), length, Moment.NEVER);
        }
        return outcomes.find(batch, SentRow.key(DeviceId.read(key, 0), row.fromDevice(), row.messageId()))
                .orElseThrow(() -> new DamagedRow(Table.SENT, "a waiting message has no row there"));
    }

    /// The message leaves, its outcome stays.
    private void settle(Batch batch, DeviceId device, MessageRow row, SentRow waiting, MessageState outcome)
            throws RocksDBException {
        byte[] sentKey = SentRow.key(device, row.fromDevice(), row.messageId());
        if (row.form() == MessageRow.Form.FILED_AS_OUTCOME) {
            outcomes.settle(batch, device, sentKey, waiting, waiting.become(outcome));
        } else {
            outcomes.erase(batch, device, sentKey, waiting);
            outcomes.put(batch, device, sentKey, waiting.become(outcome));
        }
    }

    /// Whether there was a message under `key` that expires at `latestNanos` or before.
    boolean sweep(Batch batch, byte[] key, long latestNanos) throws RocksDBException {
        byte[] head = new byte[MessageRow.HEADER_BYTES];
        int length = batch.getHead(Table.MAILBOX, key, head);
        if (length < 0) {
            return false;
        }
        MessageRow row = MessageRow.readHeader(head);
        if (row.expiresAtNanos() > latestNanos) {
            return false;
        }
        DeviceId device = DeviceId.read(key, 0);
        SentRow sent = sent(batch, key, row, length);
        if (row.fallsBack()) {
            fallBack(batch, device, row.fromDevice(), row.messageId(), sent, latestNanos);
        } else {
            outcomes.erase(batch, device, SentRow.key(device, row.fromDevice(), row.messageId()), sent);
        }
        return true;
    }

    /// Whether there was an outcome under `sentKey` that expires at `latestNanos` or before, or a message
    /// without a deadline that does.
    boolean sweepOutcome(Batch batch, byte[] sentKey, long latestNanos) throws RocksDBException {
        Optional<SentRow> sent = outcomes.find(batch, sentKey)
                .filter(row -> !(row.isWaiting() && row.hasDeadline()) && row.expiresAtNanos() <= latestNanos);
        if (sent.isPresent()) {
            outcomes.erase(batch, DeviceId.read(sentKey, 0), sentKey, sent.get());
        }
        return sent.isPresent();
    }

    /// What was on its way to the number's device of before is remembered as such.
    private void disown(Batch batch, Write.Append append, NumberMac number, long sequence) throws RocksDBException {
        Optional<Mailbox> other = cache.mailbox(batch, number);
        if (other.isPresent()) {
            DeviceId device = other.get().deviceId();
            byte[] sentKey = SentRow.key(device, append.fromDevice(), append.messageId());
            if (outcomes.find(batch, sentKey).isEmpty()) {
                var waiting = SentRow.waiting(sequence, Moment.nanos(append.expiresAt()), 0, Moment.NEVER);
                outcomes.put(batch, device, sentKey, waiting.become(MessageState.PURGED));
            }
        }
    }

    /// Erases a mailbox whose number goes to another device. That device's mailbox remembers the ids of
    /// what was in it, until each would have expired: nothing of the old one is handed over, also if its
    /// sender sends it again. What the old device itself sent and fell back goes with it.
    void purge(Batch batch, NumberMac number, DeviceId old, DeviceId heir) throws RocksDBException {
        List<Map.Entry<byte[], SentRow>> known = new ArrayList<>();
        batch.scan(Table.SENT, old.toArray(), (key, value) -> {
            SentRow sent = SentRow.decode(value);
            if (sent.state() != MessageState.FELL_BACK) {
                known.add(Map.entry(SentRow.keyIn(heir, key), sent.become(MessageState.PURGED)));
            }
        });
        eraseAll(batch, number, old);
        for (Map.Entry<byte[], SentRow> row : known) {
            outcomes.put(batch, heir, row.getKey(), row.getValue());
        }
    }

    /// Erases all messages and outcomes of a mailbox, and its block list, and says how many messages
    /// there were.
    int eraseAll(Batch batch, NumberMac number, DeviceId device) throws RocksDBException {
        byte[] prefix = device.toArray();
        int[] rows = {0};
        int[] messages = {0};
        batch.scan(Table.SENT, prefix, (key, value) -> {
            SentRow sent = SentRow.decode(value);
            batch.delete(Table.EXPIRY, sent.expiryKey(key));
            rows[0]++;
            messages[0] += sent.isWaiting() ? 1 : 0;
        });
        if (rows[0] > 0) { // a range deletion slows reads a little until it is compacted: none for nothing
            batch.deletePrefix(Table.MAILBOX, prefix);
            batch.deletePrefix(Table.SENT, prefix);
        }
        blockLists.eraseAll(batch, device);
        cache.forget(number, device);
        return messages[0];
    }
}
