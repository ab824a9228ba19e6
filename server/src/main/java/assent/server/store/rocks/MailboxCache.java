package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.Mailbox;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// What the writer remembers of mailboxes: whose they are, their keys, how full they are. Confined to
/// the store's writer.
///
/// What a step uses is held for the length of the step, since the cache may drop anything at any time,
/// and the table of waiting messages, which a fill is counted from, changes only when the step is
/// written. After a failed step nobody knows what is on the disk, so everything is forgotten and looked
/// up anew.
final class MailboxCache {
    private final Keys keys;
    private final Cache<NumberMac, Mailbox> mailboxes;
    private final Cache<DeviceId, Fill> fills;
    private final Map<NumberMac, Mailbox> mailboxesInStep = new HashMap<>();
    private final Map<DeviceId, Fill> fillsInStep = new HashMap<>();

    /// @param max mailboxes remembered; at the limit those least used are forgotten
    MailboxCache(Keys keys, int max) {
        this.keys = keys;
        // Housekeeping on the caller's thread: this cache has no other.
        this.mailboxes =
                Caffeine.newBuilder().maximumSize(max).executor(Runnable::run).build();
        this.fills =
                Caffeine.newBuilder().maximumSize(max).executor(Runnable::run).build();
    }

    /// Numbers without a mailbox are not remembered: a scan of strangers would push out everything else.
    Optional<Mailbox> mailbox(Batch batch, NumberMac number) throws RocksDBException {
        Mailbox known = mailboxesInStep.get(number);
        if (known == null) {
            known = mailboxes.getIfPresent(number);
        }
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Mailbox> found = batch.get(Table.ACTIVATION, number.toArray())
                .map(ActivationRow::decode)
                .map(row -> row.mailbox(keys));
        found.ifPresent(mailbox -> mailboxesInStep.put(number, mailbox));
        return found;
    }

    Fill fill(Batch batch, DeviceId device) throws RocksDBException {
        Optional<Fill> known = knownFill(device);
        if (known.isPresent()) {
            return known.get();
        }
        var fill = new Fill();
        batch.scan(Table.SENT, device.toArray(), (_, value) -> fill.add(SentRow.decode(value)));
        batch.scan(Table.BLOCK, device.toArray(), (_, _) -> fill.addBlocked(1));
        fillsInStep.put(device, fill);
        return fill;
    }

    /// The fill if it is in memory. Whoever takes a message out need not know it otherwise.
    Optional<Fill> knownFill(DeviceId device) {
        Fill fill = fillsInStep.get(device);
        if (fill == null) {
            fill = fills.getIfPresent(device);
            if (fill != null) {
                fillsInStep.put(device, fill);
            }
        }
        return Optional.ofNullable(fill);
    }

    /// The mailbox's activation rests on another consent.
    void renewed(NumberMac number, Mailbox mailbox) {
        mailboxesInStep.put(number, mailbox);
    }

    void forget(NumberMac number, DeviceId device) {
        mailboxesInStep.remove(number);
        mailboxes.invalidate(number);
        fillsInStep.remove(device);
        fills.invalidate(device);
    }

    /// The step is on the disk.
    void keepStep() {
        mailboxes.putAll(mailboxesInStep);
        fills.putAll(fillsInStep);
        dropStep();
    }

    /// The step failed.
    void forgetAll() {
        mailboxes.invalidateAll();
        fills.invalidateAll();
        dropStep();
    }

    private void dropStep() {
        mailboxesInStep.clear();
        fillsInStep.clear();
    }
}
