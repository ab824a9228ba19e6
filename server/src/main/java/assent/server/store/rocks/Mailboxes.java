package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.Write;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Puts messages into mailboxes and takes them out. Each message has three rows: itself, its entry in
/// the duplicate index, its entry in the expiry index; they come and go together. Confined to the
/// store's writer.
final class Mailboxes {
    private static final byte[] NOTHING = new byte[0];

    private final Keys keys;
    private final RocksConfig limits;
    private final MailboxCache cache;
    private final Sequences sequences;
    private final MessageSeal seal = new MessageSeal();
    private final Mailbox nobody;

    Mailboxes(Keys keys, RocksConfig limits, MailboxCache cache, Sequences sequences) {
        this.keys = keys;
        this.limits = limits;
        this.cache = cache;
        this.sequences = sequences;
        this.nobody = Mailbox.of(DeviceId.random(), keys.freshKey());
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
                if (there.get().expiresAtNanos() > Moment.nanos(append.acceptedAt())) {
                    return new Write.Appended(device, there.get().sequence());
                }
                erase(batch, device, sentKey, there.get());
            }
        }
        if (!fill.hasRoomFor(row.length, limits)) {
            batch.decoy(row);
            return new Write.MailboxFull();
        }
        long sequence = MessageRow.sequence(key);
        var sent = new SentRow(sequence, Moment.nanos(append.expiresAt()), row.length);
        batch.put(Table.MAILBOX, key, row);
        batch.put(Table.SENT, sentKey, sent.encode());
        batch.put(Table.EXPIRY, expiryKey(sent, key), NOTHING);
        fill.add(row.length);
        return new Write.Appended(device, sequence);
    }

    private static byte[] expiryKey(SentRow sent, byte[] key) {
        return ExpiryKey.encode(sent.expiresAtNanos(), ExpiryKey.Kind.MESSAGE, key);
    }

    private void erase(Batch batch, DeviceId device, byte[] sentKey, SentRow sent) throws RocksDBException {
        byte[] key = MessageRow.key(device, sent.sequence());
        batch.delete(Table.MAILBOX, key);
        batch.delete(Table.SENT, sentKey);
        batch.delete(Table.EXPIRY, expiryKey(sent, key));
        cache.knownFill(device).ifPresent(fill -> fill.subtract(sent.storedBytes()));
    }

    Write.Done remove(Batch batch, DeviceId device, List<Long> sequencesTaken) throws RocksDBException {
        byte[] head = new byte[MessageRow.HEADER_BYTES];
        for (long sequence : sequencesTaken) {
            eraseIf(batch, MessageRow.key(device, sequence), head, Moment.NEVER);
        }
        return new Write.Done();
    }

    /// Whether there was a message under `key` that expires at `latestNanos` or before.
    boolean sweep(Batch batch, byte[] key, long latestNanos) throws RocksDBException {
        return eraseIf(batch, key, new byte[MessageRow.HEADER_BYTES], latestNanos);
    }

    private boolean eraseIf(Batch batch, byte[] key, byte[] head, long latestNanos) throws RocksDBException {
        int length = batch.getHead(Table.MAILBOX, key, head);
        if (length < 0) {
            return false;
        }
        MessageRow row = MessageRow.readHeader(head);
        if (row.expiresAtNanos() > latestNanos) {
            return false;
        }
        DeviceId device = DeviceId.read(key, 0);
        var sent = new SentRow(MessageRow.sequence(key), row.expiresAtNanos(), length);
        erase(batch, device, SentRow.key(device, row.fromDevice(), row.messageId()), sent);
        return true;
    }

    /// Erases all messages of a mailbox and says how many there were.
    int eraseAll(Batch batch, NumberMac number, DeviceId device) throws RocksDBException {
        byte[] prefix = device.toArray();
        int[] messages = {0};
        batch.scan(Table.SENT, prefix, (_, value) -> {
            SentRow sent = SentRow.decode(value);
            batch.delete(Table.EXPIRY, expiryKey(sent, MessageRow.key(device, sent.sequence())));
            messages[0]++;
        });
        if (messages[0] > 0) { // a range deletion slows reads a little until it is compacted: none for nothing
            batch.deletePrefix(Table.MAILBOX, prefix);
            batch.deletePrefix(Table.SENT, prefix);
        }
        cache.forget(number, device);
        return messages[0];
    }
}
