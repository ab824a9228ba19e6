package assent.server.store.rows;

import assent.protocol.Bytes;
import assent.protocol.Id;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Builds a value: fixed fields big-endian, runs of bytes with a four-byte length before them. Confined
/// to one use.
public final class RowWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    public RowWriter version(int version) {
        out.write(version);
        return this;
    }

    public RowWriter number(long number) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        return this;
    }

    public RowWriter id(Id id) {
        out.writeBytes(id.toArray());
        return this;
    }

    public RowWriter run(byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
        return this;
    }

    public RowWriter run(Bytes bytes) {
        return run(bytes.borrow());
    }

    public byte[] done() {
        return out.toByteArray();
    }
}
