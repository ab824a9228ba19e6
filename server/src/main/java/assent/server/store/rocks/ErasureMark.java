package assent.server.store.rocks;

import assent.server.store.rows.DamagedRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// A row of [Table#META] that says: rows of `table` whose keys begin with `prefix` were deleted, and may
/// still be read in the files. It is written with the deletion and goes once the files are rewritten, so
/// that a crash in between forgets nothing.
///
/// Two bytes of a random identifier or MAC tell nobody whose it was, and still find the few files to
/// rewrite. Immutable.
///
/// @param round that the deletion belongs to, see [Erasures]
/// @param prefix an unsigned 16-bit number
record ErasureMark(long round, int prefix, Table table) {
    static final byte[] KEYS_BEGIN = "erased".getBytes(StandardCharsets.US_ASCII);

    /// Tables of which a number or a device can be erased. Public text, ledgers, invitations and the
    /// store's own rows have nothing of either; they are not among them, and [Table#EXPIRY] is rewritten
    /// whole, see [ErasureRound].
    static final Set<Table> TABLES = EnumSet.complementOf(
            EnumSet.of(Table.DEFAULT, Table.META, Table.NOTICE, Table.INVITATION, Table.LEDGER, Table.EXPIRY));

    static ErasureMark of(long round, Table table, byte[] key) {
        if (!TABLES.contains(table)) {
            throw new IllegalArgumentException("nothing is erased from table " + table + " by its key");
        }
        return new ErasureMark(round, ByteBuffer.wrap(key).getChar(), table);
    }

    byte[] encode() {
        byte[] name = table.familyName();
        return ByteBuffer.allocate(KEYS_BEGIN.length + Long.BYTES + Character.BYTES + name.length)
                .put(KEYS_BEGIN)
                .putLong(round)
                .putChar((char) prefix)
                .put(name)
                .array();
    }

    static ErasureMark decode(byte[] key) {
        int fixed = KEYS_BEGIN.length + Long.BYTES + Character.BYTES;
        if (key.length > fixed) {
            ByteBuffer in = ByteBuffer.wrap(key, KEYS_BEGIN.length, key.length - KEYS_BEGIN.length);
            long round = in.getLong();
            int prefix = in.getChar();
            for (Table table : TABLES) {
                if (Arrays.equals(key, fixed, key.length, table.familyName(), 0, table.familyName().length)) {
                    return new ErasureMark(round, prefix, table);
                }
            }
        }
        throw new DamagedRow(Table.META, "a mark of an erasure names no table");
    }
}
