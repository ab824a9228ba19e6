package assent.server.store.rocks;

import assent.protocol.ConsentId;
import assent.protocol.consent.Sha256;
import assent.server.keys.Keys;
import assent.server.store.Consent;
import assent.server.store.Write;
import assent.server.store.rows.ConsentRow;
import assent.server.store.rows.Moment;
import java.time.Instant;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Approvals: kept for a while, then held by an activation or erased. Confined to the store's writer.
final class Consents {
    private final Keys keys;
    private final Erasures erasures;

    Consents(Keys keys, Erasures erasures) {
        this.keys = keys;
        this.erasures = erasures;
    }

    /// An approval that is there stays as it is, so that a repeated write cannot take it from its
    /// activation.
    Write.Done put(Batch batch, Write.PutConsent write) throws RocksDBException {
        Consent consent = write.consent();
        byte[] id = consent.id().toArray();
        if (batch.get(Table.CONSENT, id).isPresent()) {
            return new Write.Done();
        }
        keepNotice(batch, consent);
        ConsentRow row = ConsentRow.of(consent, expiry(write.expiresAt()), keys);
        batch.put(Table.CONSENT, id, row.encode());
        batch.put(Table.EXPIRY, expiryKey(consent.id(), row), new byte[0]);
        return new Write.Done();
    }

    /// Puts an approval that an activation rests on from the start.
    void putHeld(Batch batch, Consent consent) throws RocksDBException {
        keepNotice(batch, consent);
        ConsentRow row = ConsentRow.of(consent, Moment.NEVER, keys);
        batch.put(Table.CONSENT, consent.id().toArray(), row.encode());
    }

    private static void keepNotice(Batch batch, Consent consent) throws RocksDBException {
        byte[] noticeHash = Sha256.of(consent.notice()).borrow();
        if (batch.getHead(Table.NOTICE, noticeHash, new byte[1]) < 0) {
            batch.put(Table.NOTICE, noticeHash, consent.notice().borrow());
        }
    }

    /// "Never" is what marks a held consent.
    private static long expiry(Instant expiresAt) {
        return Math.min(Moment.nanos(expiresAt), Moment.NEVER - 1);
    }

    private static byte[] expiryKey(ConsentId id, ConsentRow row) {
        return ExpiryKey.encode(row.expiresAtNanos(), ExpiryKey.Kind.CONSENT, id.toArray());
    }

    private static Optional<ConsentRow> find(Batch batch, ConsentId id) throws RocksDBException {
        return batch.get(Table.CONSENT, id.toArray()).map(ConsentRow::decode);
    }

    Write.Done erasePending(Batch batch, ConsentId id) throws RocksDBException {
        Optional<ConsentRow> row = find(batch, id);
        if (row.isPresent() && !row.get().held()) {
            batch.delete(Table.CONSENT, id.toArray());
            batch.delete(Table.EXPIRY, expiryKey(id, row.get()));
            erasures.expired(batch, Table.CONSENT, id.toArray());
        }
        return new Write.Done();
    }

    /// Lifts the expiry, if the approval is there, has not expired, and bears no activation yet: if one
    /// approval bore two, withdrawing the one would leave the other without.
    boolean hold(Batch batch, ConsentId id, Instant now) throws RocksDBException {
        Optional<ConsentRow> row = find(batch, id);
        if (row.isEmpty() || row.get().held() || row.get().expiresAtNanos() <= Moment.nanos(now)) {
            return false;
        }
        batch.put(Table.CONSENT, id.toArray(), row.get().hold().encode());
        batch.delete(Table.EXPIRY, expiryKey(id, row.get()));
        return true;
    }

    void eraseHeld(Batch batch, ConsentId id) throws RocksDBException {
        batch.delete(Table.CONSENT, id.toArray());
        erasures.erased(batch, Table.CONSENT, id.toArray());
    }

    /// Whether there was an expired approval to erase.
    boolean sweep(Batch batch, byte[] id, long nowNanos) throws RocksDBException {
        Optional<ConsentRow> row = batch.get(Table.CONSENT, id).map(ConsentRow::decode);
        if (row.isEmpty() || row.get().expiresAtNanos() > nowNanos) {
            return false;
        }
        batch.delete(Table.CONSENT, id);
        erasures.expired(batch, Table.CONSENT, id);
        return true;
    }
}
