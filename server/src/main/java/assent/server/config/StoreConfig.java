package assent.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Limits of what is kept, and of what waits to be made durable.
public record StoreConfig(
        @Setting(
                help =
                        "Messages that wait for one device; one more is refused as MAILBOX_FULL, and may be tried again later",
                byDefault = "10000",
                min = "1",
                max = "10000000")
        int mailboxMessagesMax,

        @Setting(
                help = "Bytes of bodies that wait for one device; more is refused like one message too many",
                byDefault = "16MiB",
                min = "16KiB",
                max = "16GiB")
        ByteSize mailboxBytesMax,

        @Setting(
                help =
                        "Writes that wait to be made durable; when full, what needs the store is refused as STORE_UNAVAILABLE",
                byDefault = "20000",
                min = "16",
                max = "1000000")
        int commitQueueMax,

        @Setting(
                help = "Writes that one synced batch takes at most; the rest waits for the next",
                byDefault = "1000",
                min = "1",
                max = "100000")
        int commitBatchMax,

        @Setting(
                help =
                        "Time in which what was withdrawn leaves the store's files; withdrawals of a third of it share one rewriting",
                byDefault = "1m",
                min = "3s",
                max = "7d")
        Duration eraseWithin,

        @Setting(
                help =
                        "Folder that backups are made in, each in one of its own; outside data.folder, on the same file system."
                                + " Without it none are made")
        Optional<Path> backupFolder,

        @Setting(
                help =
                        "File that lists what was erased, so that no backup revives it when it is put back; may be on another"
                                + " disk, never inside the store's folder",
                byDefault = "<data.folder>/erasures.log")
        Path erasureLog,

        RedisConfig redis) {}
