package assent.server.store.rocks;

import assent.server.store.Write;
import assent.server.store.rows.InvitationRow;
import assent.server.store.rows.Moment;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Which invitations are held. Confined to the store's writer.
final class Invitations {
    Write.HoldResult hold(Batch batch, Write.HoldInvitation write) throws RocksDBException {
        byte[] key = write.invitation().toArray();
        Optional<InvitationRow> old = batch.get(Table.INVITATION, key).map(InvitationRow::decode);
        if (old.isPresent()) {
            boolean free = old.get().untilNanos() <= Moment.nanos(write.now());
            if (!free && !old.get().holder().equals(write.holder())) {
                return new Write.HeldByAnother();
            }
            batch.delete(Table.EXPIRY, expiryKey(key, old.get()));
        }
        var row = new InvitationRow(write.holder(), Moment.nanos(write.until()));
        batch.put(Table.INVITATION, key, row.encode());
        batch.put(Table.EXPIRY, expiryKey(key, row), new byte[0]);
        return new Write.Held();
    }

    private static byte[] expiryKey(byte[] key, InvitationRow row) {
        return ExpiryKey.encode(row.untilNanos(), ExpiryKey.Kind.INVITATION, key);
    }

    /// Whether there was one to erase that is free again.
    boolean sweep(Batch batch, byte[] key, long nowNanos) throws RocksDBException {
        Optional<InvitationRow> row = batch.get(Table.INVITATION, key).map(InvitationRow::decode);
        if (row.isEmpty() || row.get().untilNanos() > nowNanos) {
            return false;
        }
        batch.delete(Table.INVITATION, key);
        return true;
    }
}
