package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.protocol.Id;
import java.nio.ByteBuffer;

/// Takes a value apart, as [RowWriter] built it. Confined to one use.
///
/// Every method throws [DamagedRow] if the bytes are not what is asked for.
final class RowReader {
    private final Table table;
    private final ByteBuffer in;

    RowReader(Table table, byte[] value) {
        this.table = table;
        this.in = ByteBuffer.wrap(value);
    }

    /// Reads the version byte and refuses another.
    RowReader version(int expected) {
        need(1);
        int version = in.get();
        if (version != expected) {
            throw new DamagedRow(table, "version " + version + ", expected " + expected);
        }
        return this;
    }

    long number() {
        need(Long.BYTES);
        return in.getLong();
    }

    <T extends Id> T id(Id.Maker<T> maker) {
        need(Id.BYTES);
        return maker.make(in.getLong(), in.getLong());
    }

    Bytes run() {
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
