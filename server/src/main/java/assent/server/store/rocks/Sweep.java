package assent.server.store.rocks;

import assent.server.store.Write;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Moment;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Erases what expired, in the order of expiry. Confined to the store's writer.
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Consents consents;
    private final Mailboxes mailboxes;
    private final Counters counters;
    private final Pins pins;
    private final Invitations invitations;

    Sweep(Consents consents, Mailboxes mailboxes, Counters counters, Pins pins, Invitations invitations) {
        this.consents = consents;
        this.mailboxes = mailboxes;
        this.counters = counters;
        this.pins = pins;
        this.invitations = invitations;
    }

    Write.Swept sweep(Batch batch, Write.Sweep write) throws RocksDBException {
        long now = Moment.nanos(write.now());
        List<byte[]> due = new ArrayList<>();
        batch.expiringBefore(ExpiryKey.after(now), key -> {
            if (due.size() < write.max()) {
                due.add(key);
            }
            return due.size() < write.max();
        });
        int erased = 0;
        int left = 0;
        for (byte[] key : due) {
            ExpiryKey expiry = ExpiryKey.decode(key);
            try {
                if (erase(batch, expiry, now)) {
                    erased++;
                }
                batch.delete(Table.EXPIRY, key);
            } catch (DamagedRow e) {
                left++; // it stays, for whoever mends the store; the others expire all the same
            }
        }
        if (left > 0) {
            LOG.debug("{} rows that have expired cannot be read, and stay", left);
        }
        return new Write.Swept(erased);
    }

    private boolean erase(Batch batch, ExpiryKey expiry, long now) throws RocksDBException {
        return switch (expiry.kind()) {
            case CONSENT -> consents.sweep(batch, expiry.rowKey(), now);
            case MESSAGE -> mailboxes.sweep(batch, expiry.rowKey(), now);
            case OUTCOME -> mailboxes.sweepOutcome(batch, expiry.rowKey(), now);
            case COUNTER -> counters.sweep(batch, expiry.rowKey(), now);
            case PIN -> pins.sweep(batch, expiry.rowKey(), now);
            case INVITATION -> invitations.sweep(batch, expiry.rowKey(), now);
        };
    }
}
