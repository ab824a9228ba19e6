package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.Write;
import assent.server.store.rows.DamagedRow;
import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;

/// Whom users block: a row for each number, which ends with its activation. Rows of two lists do not
/// tell whether they are of the same number. Confined to the store's writer.
final class BlockLists {
    private static final byte[] VERSION = {1};

    private final Keys keys;
    private final MailboxCache cache;

    BlockLists(Keys keys, MailboxCache cache) {
        this.keys = keys;
        this.cache = cache;
    }

    private byte[] key(DeviceId mailbox, PhoneNumber number) {
        return key(mailbox, keys.blockMac(mailbox, number));
    }

    static byte[] key(DeviceId mailbox, NumberMac blocked) {
        return ByteBuffer.allocate(Id.BYTES + NumberMac.BYTES)
                .put(mailbox.toArray())
                .put(blocked.toArray())
                .array();
    }

    /// The pseudonym in a row's key.
    static NumberMac macIn(byte[] key) {
        if (key.length != Id.BYTES + NumberMac.BYTES) {
            throw new DamagedRow(Table.BLOCK, "its key has " + key.length + " bytes");
        }
        return NumberMac.read(key, Id.BYTES);
    }

    /// The list of a device that is gone takes nothing: nobody would erase it.
    Write.BlockResult block(Batch batch, Write.Block block) throws RocksDBException {
        DeviceId mailbox = block.mailbox();
        if (batch.get(Table.DEVICE, mailbox.toArray()).isEmpty()) {
            return new Write.NotActive();
        }
        byte[] key = key(mailbox, block.number());
        if (isThere(batch, key)) {
            return new Write.OnList();
        }
        Fill fill = cache.fill(batch, mailbox);
        if (fill.blocked() >= block.max()) {
            return new Write.ListFull();
        }
        batch.put(Table.BLOCK, key, VERSION);
        fill.addBlocked(1);
        return new Write.OnList();
    }

    Write.Done unblock(Batch batch, Write.Unblock unblock) throws RocksDBException {
        byte[] key = key(unblock.mailbox(), unblock.number());
        if (isThere(batch, key)) {
            batch.delete(Table.BLOCK, key);
            cache.knownFill(unblock.mailbox()).ifPresent(fill -> fill.addBlocked(-1));
        }
        return new Write.Done();
    }

    /// Most users block nobody: then nothing is looked up.
    boolean isBlocked(Batch batch, DeviceId mailbox, Fill fill, PhoneNumber from) throws RocksDBException {
        return fill.blocked() > 0 && isThere(batch, key(mailbox, from));
    }

    private static boolean isThere(Batch batch, byte[] key) throws RocksDBException {
        return batch.getHead(Table.BLOCK, key, new byte[1]) >= 0;
    }

    void eraseAll(Batch batch, DeviceId mailbox) throws RocksDBException {
        int[] rows = {0};
        batch.scan(Table.BLOCK, mailbox.toArray(), (_, _) -> rows[0]++);
        if (rows[0] > 0) {
            batch.deletePrefix(Table.BLOCK, mailbox.toArray());
        }
    }
}
