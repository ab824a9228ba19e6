package assent.device;

import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// A durable store: a folder with mode 0700 that holds the key (`key`, mode 0600), the journal
/// (`journal`) and a lock against a second device. Its file system must have POSIX permissions.
///
/// What a write was told to be durable survives a power cut (fsync). The text of a message stays in
/// the journal after it
/// was shown until the journal is next rewritten: at the latest when it has grown by [#REWRITE_BYTES]
/// and to twice what is needed, and at once at withdrawal. Nothing in the folder is encrypted: that is
/// the phone's file system's to do.
///
/// Confined to its device's event loop; blocking work is done by the executor that it was opened with.
public final class DeviceFolder implements DeviceStore {
    /// A journal is rewritten when it is longer than this and than twice its length after the last
    /// rewrite.
    public static final long REWRITE_BYTES = 4 << 20;

    private final DeviceMemory memory;
    private final JournalWriter writer;

    private DeviceFolder(DeviceMemory memory, JournalWriter writer) {
        this.memory = memory;
        this.writer = writer;
    }

    /// Opens the folder, or makes it. Blocks.
    ///
    /// @param journals see [DeviceNetwork#journals]
    /// @throws DeviceStoreException if others can read it, another device has it open, or it is
    ///     damaged; the message says what to do
    public static DeviceFolder open(Path folder, Executor journals) {
        return open(folder, journals, REWRITE_BYTES);
    }

    static DeviceFolder open(Path folder, Executor journals, long rewriteBytes) {
        try {
            var files = FolderFiles.in(folder);
            FileChannel lock = lock(folder, files);
            try {
                var memory = new DeviceMemory(RECEIVED_MIN);
                JournalFile journal = openJournal(files, memory);
                boolean hasKey = switch (memory.standing()) {
                    case Standing.Activated _, Standing.WithdrawalPending _ -> true;
                    case Standing.NotActivated(), Standing.Withdrawn _ -> false;
                };
                if (!hasKey) {
                    files.destroyKey(); // left by a crash between the journal's last word and this
                }
                return new DeviceFolder(memory, new JournalWriter(files, journal, lock, journals, rewriteBytes));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new DeviceStoreException(
                    folder + " cannot be used to keep a device's state: " + e + ". Expected a folder that can be made,"
                            + " read and written, on a file system with POSIX permissions",
                    e);
        }
    }

    private static FileChannel lock(Path folder, FolderFiles files) throws IOException {
        var channel = FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Optional<FileLock> lock;
        try {
            lock = Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            lock = Optional.empty();
        }
        if (lock.isEmpty()) {
            channel.close();
            throw new DeviceStoreException(
                    folder + " is in use by another device: close that one first, or give each device its own folder");
        }
        return channel;
    }

    private static JournalFile openJournal(FolderFiles files, DeviceMemory memory) throws IOException {
        Files.deleteIfExists(files.newJournal()); // a rewrite that did not come to its end
        if (Files.notExists(files.journal())) {
            var journal = JournalFile.create(files.newJournal());
            journal.sync();
            files.putNewJournalInPlace();
            return journal;
        }
        return JournalFile.open(files.journal(), in -> memory.apply(ChangeCodec.read(in, files::readKey)));
    }

    @Override
    public Kept kept() {
        return memory.kept();
    }

    @Override
    public boolean hasReceived(PhoneNumber from, MessageId messageId) {
        return memory.hasReceived(from, messageId);
    }

    @Override
    public CompletionStage<Void> write(List<Change> changes) {
        changes.forEach(memory::apply);
        if (changes.stream().anyMatch(DeviceFolder::changesTheKey) || writer.wantsRewrite()) {
            return writer.rewrite(memory.summary());
        }
        return writer.append(changes, true);
    }

    /// With the key, the whole journal changes: none ever holds two activations, or the texts of one
    /// that is over.
    private static boolean changesTheKey(Change change) {
        return switch (change) {
            case Change.Activated _, Change.Erased _, Change.Forgotten() -> true;
            case Change.Renewing _,
                    Change.RenewalDropped _,
                    Change.Renewed _,
                    Change.WithdrawalAsked _,
                    Change.Sending _,
                    Change.Settled _,
                    Change.FellBack _,
                    Change.Queued _,
                    Change.ReceiptDone _,
                    Change.Received _,
                    Change.Shown _,
                    Change.ReadMarksAllowed _,
                    Change.Unread _,
                    Change.ReadDone _,
                    Change.ReceivedEarlier _ -> false;
        };
    }

    @Override
    public void writeSoon(Change change) {
        memory.apply(change);
        writer.append(List.of(change), false);
    }

    @Override
    public CompletionStage<Void> close() {
        return writer.close();
    }
}
