package assent.device;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.zip.CRC32C;

/// An append-only file of blocks, each of several changes. Not thread-safe.
///
/// ```
/// file  = magic (8 bytes), salt (8), block*
/// block = length of the payload (4), CRC-32C over salt, length and payload (4), payload
/// payload = length of the file that was synced when this block was made (8), changes
/// ```
///
/// **What a crash leaves.** Bytes after the last sync may be there, missing, or half written, in any
/// order. So the first
/// bad block ends the journal, and what follows is cut off: nobody was told that it is safe. Unless a
/// later block is good and says that the bad one had been synced before: then safe data is damaged,
/// and opening it is refused rather than quietly losing what was acknowledged. The salt keeps a text
/// that somebody sends from posing as a block.
final class JournalFile implements AutoCloseable {
    static final int BLOCK_BYTES_MAX = 4 << 20;

    private static final long MAGIC = 0x617373656e743031L; // "assent01"
    private static final int SALT_AT = Long.BYTES;
    private static final int FIRST_BLOCK = 2 * Long.BYTES;
    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FileChannel channel;
    private final long salt;
    private long size;
    private long synced;

    private JournalFile(FileChannel channel, long salt, long size) {
        this.channel = channel;
        this.salt = salt;
        this.size = size;
        this.synced = size;
    }

    /// Puts changes into bytes and back.
    interface Reader {
        void read(DataInputStream in) throws IOException;
    }

    /// A new, empty journal in a file that did not exist. Nothing of it is synced.
    static JournalFile create(Path path) throws IOException {
        var channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        long salt = RANDOM.nextLong();
        channel.write(
                ByteBuffer.allocate(FIRST_BLOCK).putLong(MAGIC).putLong(salt).flip(), 0);
        return new JournalFile(channel, salt, FIRST_BLOCK);
    }

    /// Reads a journal to its end and cuts off a torn tail.
    ///
    /// @param changes is given each change in turn
    /// @throws DeviceStoreException if the file is no journal, or a synced part of it is damaged
    static JournalFile open(Path path, Reader changes) throws IOException {
        var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {}
            bytes.flip();
            if (bytes.limit() < FIRST_BLOCK || bytes.getLong(0) != MAGIC) {
                throw new DeviceStoreException(path + " is not a device's journal: expected a file that this version of"
                        + " the device library wrote. Restore it, or remove the folder and activate again");
            }
            int end = readBlocks(path, bytes, changes);
            if (end < bytes.limit()) {
                channel.truncate(end);
            }
            channel.force(true);
            return new JournalFile(channel, bytes.getLong(SALT_AT), end);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static int readBlocks(Path path, ByteBuffer bytes, Reader changes) throws IOException {
        int at = FIRST_BLOCK;
        while (isBlock(bytes, at)) {
            int length = bytes.getInt(at);
            var payload = new byte[length - Long.BYTES];
            bytes.get(at + HEADER_BYTES + Long.BYTES, payload);
            var in = new DataInputStream(new ByteArrayInputStream(payload));
            while (in.available() > 0) {
                changes.read(in);
            }
            at += HEADER_BYTES + length;
        }
        for (int later = at + 1; later < bytes.limit() - HEADER_BYTES; later++) {
            if (isBlock(bytes, later) && bytes.getLong(later + HEADER_BYTES) > at) {
                throw new DeviceStoreException(path + " is damaged at byte " + at + ", in a part that was already safe:"
                        + " the storage failed or the file was changed. Restore it, or remove the folder and activate"
                        + " again");
            }
        }
        return at;
    }

    private static boolean isBlock(ByteBuffer bytes, int at) {
        if (bytes.limit() - at < HEADER_BYTES + Long.BYTES) {
            return false;
        }
        int length = bytes.getInt(at);
        return length >= Long.BYTES
                && length <= bytes.limit() - at - HEADER_BYTES
                && bytes.getInt(at + Integer.BYTES)
                        == checksum(bytes.getLong(SALT_AT), length, bytes.slice(at + HEADER_BYTES, length));
    }

    private static int checksum(long salt, int length, ByteBuffer payload) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(salt)
                .putInt(length)
                .flip());
        crc.update(payload);
        return (int) crc.getValue();
    }

    /// Writes changes as one block, or several if they are many; they are safe after [#sync] only.
    void append(List<Change> changes) throws IOException {
        var payload = new ByteArrayOutputStream(256);
        var out = new DataOutputStream(payload);
        out.writeLong(synced);
        for (Change change : changes) {
            ChangeCodec.write(change, out);
            if (payload.size() > BLOCK_BYTES_MAX / 2) {
                writeBlock(payload.toByteArray());
                payload.reset();
                out.writeLong(synced);
            }
        }
        if (payload.size() > Long.BYTES) {
            writeBlock(payload.toByteArray());
        }
    }

    private void writeBlock(byte[] payload) throws IOException {
        var block = ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .putInt(payload.length)
                .putInt(checksum(salt, payload.length, ByteBuffer.wrap(payload)))
                .put(payload)
                .flip();
        long at = size;
        while (block.hasRemaining()) {
            at += channel.write(block, at);
        }
        size = at;
    }

    void sync() throws IOException {
        channel.force(false);
        synced = size;
    }

    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
