package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.protocol.Id;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Builds a value: fixed fields big-endian, runs of bytes with a four-byte length before them. Confined
/// to one use.
final class RowWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    RowWriter version(int version) {
        out.write(version);
        return this;
    }

    RowWriter number(long number) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        return this;
    }

    RowWriter id(Id id) {
        out.writeBytes(id.toArray());
        return this;
    }

    RowWriter run(byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
        return this;
    }

    RowWriter run(Bytes bytes) {
        return run(bytes.borrow());
    }

    byte[] done() {
        return out.toByteArray();
    }
}
