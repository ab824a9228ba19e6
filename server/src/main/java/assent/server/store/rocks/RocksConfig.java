package assent.server.store.rocks;

import java.time.Duration;

/// What the embedded store may hold and use.
///
/// @param mailboxMessagesMax messages that wait for one device; a further one is refused as
///     `MailboxFull`
/// @param mailboxBytesMax their stored bytes (bodies and about 100 bytes each); likewise
/// @param mailboxOutcomesMax messages that have left a mailbox and whose outcome is remembered until
///     they would have expired; at the limit, which is looked at when a message comes in, the oldest
///     quarter is forgotten
/// @param mailboxesCachedMax mailboxes whose key and fill stay in memory, about 400 bytes each; others
///     are looked up
/// @param blockCacheBytes memory for table blocks, indexes and filters together
/// @param writeBufferBytes memory for what is not in tables yet; at the limit RocksDB writes it out
/// @param walBytesMax length of the write-ahead log; at the limit RocksDB writes out the oldest buffers
/// @param eraseWithin time in which what was erased leaves the files; a third of it may pass before they
///     are rewritten, so that erasures share the work. A rewriting that takes longer is warned about
public record RocksConfig(
        int mailboxMessagesMax,
        long mailboxBytesMax,
        int mailboxOutcomesMax,
        int mailboxesCachedMax,
        long blockCacheBytes,
        long writeBufferBytes,
        long walBytesMax,
        Duration eraseWithin) {
    private static final long MIB = 1024 * 1024;
    private static final Duration ERASE_WITHIN_MIN = Duration.ofSeconds(1);

    public static final RocksConfig DEFAULTS =
            new RocksConfig(10_000, 16 * MIB, 10_000, 100_000, 64 * MIB, 64 * MIB, 128 * MIB, Duration.ofMinutes(1));

    public RocksConfig {
        if (mailboxMessagesMax < 1 || mailboxBytesMax < 1 || mailboxOutcomesMax < 1 || mailboxesCachedMax < 1) {
            throw new IllegalArgumentException(
                    "a mailbox holds at least 1 message, 1 byte and 1 outcome, and 1 mailbox is cached");
        }
        if (eraseWithin.compareTo(ERASE_WITHIN_MIN) < 0) {
            throw new IllegalArgumentException(
                    "what is erased has at least " + ERASE_WITHIN_MIN + " to leave the files");
        }
        if (blockCacheBytes < MIB || writeBufferBytes < MIB || walBytesMax < MIB) {
            throw new IllegalArgumentException(
                    "block cache, write buffer and write-ahead log have at least 1 MiB (" + MIB + " bytes) each");
        }
    }

    public RocksConfig withEraseWithin(Duration within) {
        return new RocksConfig(
                mailboxMessagesMax,
                mailboxBytesMax,
                mailboxOutcomesMax,
                mailboxesCachedMax,
                blockCacheBytes,
                writeBufferBytes,
                walBytesMax,
                within);
    }

    public RocksConfig withMailboxMax(int messages, long bytes) {
        return new RocksConfig(
                messages,
                bytes,
                mailboxOutcomesMax,
                mailboxesCachedMax,
                blockCacheBytes,
                writeBufferBytes,
                walBytesMax,
                eraseWithin);
    }

    public RocksConfig withOutcomesMax(int outcomes) {
        return new RocksConfig(
                mailboxMessagesMax,
                mailboxBytesMax,
                outcomes,
                mailboxesCachedMax,
                blockCacheBytes,
                writeBufferBytes,
                walBytesMax,
                eraseWithin);
    }
}
