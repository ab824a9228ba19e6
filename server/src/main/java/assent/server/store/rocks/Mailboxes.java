package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.MessageState;
import assent.server.store.Suspension;
import assent.server.store.Write;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;

/// Puts messages into mailboxes and takes them out. Each message has three rows: itself, its entry in
/// the duplicate index, its entry in the expiry index; they come together. An acknowledged message
/// leaves the last two behind, as its outcome, until its expiry; all other ways out erase all three.
///
/// *Outcomes are bounded* where messages come in: a mailbox that remembers more than it may forgets the
/// oldest quarter before it takes another. So it never remembers more than the limit and as many as
/// wait. A forgotten outcome means that the same message would be put again; the device knows it.
///
/// Confined to the store's writer.
final class Mailboxes {
    private static final byte[] NOTHING = new byte[0];

    private final Keys keys;
    private final RocksConfig limits;
    private final MailboxCache cache;
    private final Sequences sequences;
    private final MessageSeal seal = new MessageSeal();
    private final Suspension suspension;
    private final Mailbox nobody;

    Mailboxes(Keys keys, RocksConfig limits, MailboxCache cache, Sequences sequences, Suspension suspension) {
        this.keys = keys;
        this.limits = limits;
        this.cache = cache;
        this.sequences = sequences;
        this.suspension = suspension;
        this.nobody = Mailbox.of(DeviceId.random(), keys.freshKey(), "");
    }

    Write.AppendResult append(Batch batch, Write.Append append) throws RocksDBException {
        NumberMac number = keys.macOf(append.to());
        Optional<Mailbox> found = cache.mailbox(batch, number)
                .filter(mailbox ->
                        append.onlyFor().map(mailbox.deviceId()::equals).orElse(true));
        long sequence = sequences.next();
        Mailbox mailbox = found.orElse(nobody);
        byte[] key = MessageRow.key(mailbox.deviceId(), sequence);
        byte[] row = seal.seal(mailbox, key, sequence, append);
        if (found.isEmpty()) {
            // Sealed and logged all the same: the sender's wait must not tell who has no mailbox.
            batch.decoy(row);
            return new Write.NoMailbox();
        }
        return put(batch, append, mailbox, key, row);
    }

    private Write.AppendResult put(Batch batch, Write.Append append, Mailbox mailbox, byte[] key, byte[] row)
            throws RocksDBException {
        DeviceId device = mailbox.deviceId();
        Fill fill = cache.fill(batch, device);
        byte[] sentKey = SentRow.key(device, append.fromDevice(), append.messageId());
        if (!fill.isEmpty()) { // an empty mailbox has no duplicates: one look-up less on the busiest path
            Optional<SentRow> there = batch.get(Table.SENT, sentKey).map(SentRow::decode);
            if (there.isPresent()) {
                SentRow known = there.get();
                if (known.expiresAtNanos() > Moment.nanos(append.acceptedAt())) {
                    batch.decoy(row);
                    return new Write.Appended(device, known.sequence(), known.state());
                }
                erase(batch, device, sentKey, known);
            }
        }
        // What was accepted before the deadline is kept, though the append comes after it.
        if (suspension.applies(mailbox.noticeVersion(), append.acceptedAt())) {
            batch.decoy(row);
            return new Write.NoMailbox();
        }
        if (!fill.hasRoomFor(row.length, limits)) {
            batch.decoy(row);
            return new Write.MailboxFull();
        }
        if (fill.outcomes() > limits.mailboxOutcomesMax()) {
            forgetOldest(batch, device, fill.outcomes() - limits.mailboxOutcomesMax() * 3 / 4);
        }
        long sequence = MessageRow.sequence(key);
        var sent = SentRow.waiting(sequence, Moment.nanos(append.expiresAt()), row.length);
        batch.put(Table.MAILBOX, key, row);
        batch.put(Table.SENT, sentKey, sent.encode());
        batch.put(Table.EXPIRY, sent.expiryKey(sentKey), NOTHING);
        fill.add(sent);
        return new Write.Appended(device, sequence);
    }

    void renewed(NumberMac number, Mailbox mailbox) {
        cache.renewed(number, mailbox);
    }

    private void forgetOldest(Batch batch, DeviceId device, int count) throws RocksDBException {
        SortedMap<Long, byte[]> bySequence = new TreeMap<>();
        batch.scan(Table.SENT, device.toArray(), (key, value) -> {
            SentRow sent = SentRow.decode(value);
            if (!sent.isWaiting()) {
                bySequence.put(sent.sequence(), key);
            }
        });
        for (byte[] key : bySequence.values().stream().limit(count).toList()) {
            erase(batch, device, key, SentRow.decode(batch.get(Table.SENT, key).orElseThrow()));
        }
    }

    /// Erases all that is known of a message, be it there or gone.
    private void erase(Batch batch, DeviceId device, byte[] sentKey, SentRow sent) throws RocksDBException {
        if (sent.isWaiting()) {
            batch.delete(Table.MAILBOX, MessageRow.key(device, sent.sequence()));
        }
        batch.delete(Table.SENT, sentKey);
        batch.delete(Table.EXPIRY, sent.expiryKey(sentKey));
        cache.knownFill(device).ifPresent(fill -> fill.subtract(sent));
    }

    Write.Done remove(Batch batch, Write.Remove remove) throws RocksDBException {
        byte[] head = new byte[MessageRow.HEADER_BYTES];
        for (long sequence : remove.sequences()) {
            byte[] key = MessageRow.key(remove.mailbox(), sequence);
            int length = batch.getHead(Table.MAILBOX, key, head);
            if (length >= 0) {
                MessageRow row = MessageRow.readHeader(head);
                settle(batch, remove.mailbox(), row, sent(key, row, length), remove.as());
            }
        }
        return new Write.Done();
    }

    private static SentRow sent(byte[] key, MessageRow row, int length) {
        return SentRow.waiting(MessageRow.sequence(key), row.expiresAtNanos(), length);
    }

    /// The message leaves, its outcome stays.
    private void settle(Batch batch, DeviceId device, MessageRow row, SentRow waiting, MessageState outcome)
            throws RocksDBException {
        byte[] sentKey = SentRow.key(device, row.fromDevice(), row.messageId());
        erase(batch, device, sentKey, waiting);
        SentRow settled = waiting.become(outcome);
        batch.put(Table.SENT, sentKey, settled.encode());
        batch.put(Table.EXPIRY, settled.expiryKey(sentKey), NOTHING);
        cache.knownFill(device).ifPresent(fill -> fill.add(settled));
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
        erase(batch, device, SentRow.key(device, row.fromDevice(), row.messageId()), sent(key, row, length));
        return true;
    }

    /// Whether there was an outcome under `sentKey` that expires at `latestNanos` or before.
    boolean sweepOutcome(Batch batch, byte[] sentKey, long latestNanos) throws RocksDBException {
        Optional<SentRow> sent = batch.get(Table.SENT, sentKey)
                .map(SentRow::decode)
                .filter(row -> !row.isWaiting() && row.expiresAtNanos() <= latestNanos);
        if (sent.isPresent()) {
            erase(batch, DeviceId.read(sentKey, 0), sentKey, sent.get());
        }
        return sent.isPresent();
    }

    /// Erases all messages and outcomes of a mailbox and says how many messages there were.
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
        cache.forget(number, device);
        return messages[0];
    }
}
