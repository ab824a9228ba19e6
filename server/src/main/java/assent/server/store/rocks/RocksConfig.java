package assent.server.store.rocks;

/// What the embedded store may hold and use.
///
/// @param mailboxMessagesMax messages that wait for one device; a further one is refused as
///     `MailboxFull`
/// @param mailboxBytesMax their stored bytes (bodies and about 100 bytes each); likewise
/// @param mailboxesCachedMax mailboxes whose key and fill stay in memory, about 400 bytes each; others
///     are looked up
/// @param blockCacheBytes memory for table blocks, indexes and filters together
/// @param writeBufferBytes memory for what is not in tables yet; at the limit RocksDB writes it out
/// @param walBytesMax length of the write-ahead log; at the limit RocksDB writes out the oldest buffers
public record RocksConfig(
        int mailboxMessagesMax,
        long mailboxBytesMax,
        int mailboxesCachedMax,
        long blockCacheBytes,
        long writeBufferBytes,
        long walBytesMax) {
    private static final long MIB = 1024 * 1024;

    public static final RocksConfig DEFAULTS =
            new RocksConfig(10_000, 16 * MIB, 100_000, 64 * MIB, 64 * MIB, 128 * MIB);

    public RocksConfig {
        if (mailboxMessagesMax < 1 || mailboxBytesMax < 1 || mailboxesCachedMax < 1) {
            throw new IllegalArgumentException(
                    "a mailbox holds at least 1 message and 1 byte, and 1 mailbox is cached");
        }
        if (blockCacheBytes < MIB || writeBufferBytes < MIB || walBytesMax < MIB) {
            throw new IllegalArgumentException(
                    "block cache, write buffer and write-ahead log have at least 1 MiB (" + MIB + " bytes) each");
        }
    }

    public RocksConfig withMailboxMax(int messages, long bytes) {
        return new RocksConfig(messages, bytes, mailboxesCachedMax, blockCacheBytes, writeBufferBytes, walBytesMax);
    }
}
