package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.server.store.MessageState;
import assent.server.store.Write;
import assent.server.store.rows.Moment;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Which messages fell back, or will at their deadline with nothing to deliver meanwhile. Each is one
/// row under its *sender's* device, whoever the recipient is or is not, and leaves with that device.
///
/// Confined to the store's writer.
final class Fallbacks {
    private final Outcomes outcomes;
    private final Sequences sequences;

    Fallbacks(Outcomes outcomes, Sequences sequences) {
        this.outcomes = outcomes;
        this.sequences = sequences;
    }

    private static byte[] key(DeviceId fromDevice, MessageId messageId) {
        return SentRow.key(fromDevice, fromDevice, messageId);
    }

    /// What is noted of a message that is to be appended, if anything; a time that is over is made
    /// final.
    Optional<Write.FallsBack> find(Batch batch, Write.Append append) throws RocksDBException {
        DeviceId sender = append.fromDevice();
        long now = Moment.nanos(append.acceptedAt());
        // A message to oneself may wait under the same key; that is for the mailbox to say.
        Optional<SentRow> noted = outcomes.find(batch, key(sender, append.messageId()))
                .filter(row -> row.state() == MessageState.FELL_BACK && row.expiresAtNanos() > now);
        if (noted.isEmpty()) {
            return Optional.empty();
        }
        if (!noted.get().isDecided() && noted.get().deadlineNanos() > now) {
            return Optional.of(
                    new Write.FallsBack(Optional.of(Moment.instant(noted.get().deadlineNanos()))));
        }
        decide(batch, sender, append.messageId(), noted.get().expiresAtNanos(), now);
        return Optional.of(new Write.FallsBack(Optional.empty()));
    }

    /// Notes that there is nothing to deliver, and that the sender uses SMS from the deadline on.
    Write.FallsBack awaitDeadline(Batch batch, Write.Append append) throws RocksDBException {
        var deadline = append.lifetime().deadline();
        put(
                batch,
                append.fromDevice(),
                append.messageId(),
                SentRow.fallsBackAt(
                        Moment.nanos(deadline.orElseThrow()), sequences.next(), Moment.nanos(append.expiresAt())));
        return new Write.FallsBack(deadline);
    }

    /// Notes that the message fell back for good, until `untilNanos`.
    void decide(Batch batch, DeviceId sender, MessageId messageId, long untilNanos, long nowNanos)
            throws RocksDBException {
        if (untilNanos > nowNanos) {
            put(batch, sender, messageId, SentRow.fellBack(sequences.next(), untilNanos));
        }
    }

    /// Of a device that is gone nothing is kept.
    private void put(Batch batch, DeviceId sender, MessageId messageId, SentRow row) throws RocksDBException {
        byte[] key = key(sender, messageId);
        Optional<SentRow> before = outcomes.find(batch, key);
        if (before.isPresent()) {
            if (before.get().state() == MessageState.FELL_BACK && before.get().isDecided()) {
                return;
            }
            outcomes.erase(batch, sender, key, before.get());
        }
        if (batch.get(Table.DEVICE, sender.toArray()).isPresent()) {
            outcomes.makeRoom(batch, sender);
            outcomes.put(batch, sender, key, row);
        }
    }
}
