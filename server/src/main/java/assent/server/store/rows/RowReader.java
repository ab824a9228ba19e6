package assent.server.store.rows;

import assent.protocol.Bytes;
import assent.protocol.Id;
import java.nio.ByteBuffer;

/// Takes a value apart, as [RowWriter] built it. Confined to one use.
///
/// Every method throws [DamagedRow] if the bytes are not what is asked for.
public final class RowReader {
    private final Enum<?> table;
    private final ByteBuffer in;

    public RowReader(Enum<?> table, byte[] value) {
        this.table = table;
        this.in = ByteBuffer.wrap(value);
    }

    /// Reads the version byte and refuses another.
    public RowReader version(int expected) {
        need(1);
        int version = in.get();
        if (version != expected) {
            throw new DamagedRow(table, "version " + version + ", expected " + expected);
        }
        return this;
    }

    public long number() {
        need(Long.BYTES);
        return in.getLong();
    }

    public <T extends Id> T id(Id.Maker<T> maker) {
        need(Id.BYTES);
        return maker.make(in.getLong(), in.getLong());
    }

    public Bytes run() {
        need(Integer.BYTES);
        int length = in.getInt();
        need(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return Bytes.wrap(bytes);
    }

    private void need(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new DamagedRow(table, "it ends too early");
        }
    }
}
