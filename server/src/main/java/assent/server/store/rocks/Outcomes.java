package assent.server.store.rocks;

import assent.protocol.DeviceId;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;

/// What devices' tables of sent messages hold, each row with its entry in the expiry index: messages
/// that wait, and what became of others.
///
/// *Outcomes are bounded* where rows come in: a device that remembers more than it may forgets the
/// oldest quarter before it takes another. So it never remembers more than the limit and as many as
/// wait. A forgotten outcome means that the same message would be put again; the device knows it.
///
/// Confined to the store's writer.
final class Outcomes {
    private static final byte[] NOTHING = new byte[0];

    private final RocksConfig limits;
    private final MailboxCache cache;

    Outcomes(RocksConfig limits, MailboxCache cache) {
        this.limits = limits;
        this.cache = cache;
    }

    Optional<SentRow> find(Batch batch, byte[] sentKey) throws RocksDBException {
        return batch.get(Table.SENT, sentKey).map(SentRow::decode);
    }

    /// Puts a row that is not there.
    void put(Batch batch, DeviceId device, byte[] sentKey, SentRow row) throws RocksDBException {
        batch.put(Table.SENT, sentKey, row.encode());
        batch.put(Table.EXPIRY, row.expiryKey(sentKey), NOTHING);
        cache.knownFill(device).ifPresent(fill -> fill.add(row));
    }

    /// A message that has no deadline leaves its mailbox, and its outcome stays in its row's place and with
    /// its entry in the expiry index.
    void settle(Batch batch, DeviceId device, byte[] sentKey, SentRow waiting, SentRow outcome)
            throws RocksDBException {
        batch.delete(Table.MAILBOX, MessageRow.key(device, waiting.sequence()));
        batch.put(Table.SENT, sentKey, outcome.encode());
        cache.knownFill(device).ifPresent(fill -> {
            fill.subtract(waiting);
            fill.add(outcome);
        });
    }

    /// Erases all that is known of a message, be it there or gone.
    void erase(Batch batch, DeviceId device, byte[] sentKey, SentRow sent) throws RocksDBException {
        if (sent.isWaiting()) {
            batch.delete(Table.MAILBOX, MessageRow.key(device, sent.sequence()));
        }
        batch.delete(Table.SENT, sentKey);
        batch.delete(Table.EXPIRY, sent.expiryKey(sentKey));
        cache.knownFill(device).ifPresent(fill -> fill.subtract(sent));
    }

    /// Forgets the oldest outcomes of a device that remembers too many.
    void makeRoom(Batch batch, DeviceId device) throws RocksDBException {
        Fill fill = cache.fill(batch, device);
        if (fill.outcomes() > limits.mailboxOutcomesMax()) {
            forgetOldest(batch, device, fill.outcomes() - limits.mailboxOutcomesMax() * 3 / 4);
        }
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
            erase(batch, device, key, find(batch, key).orElseThrow());
        }
    }
}
