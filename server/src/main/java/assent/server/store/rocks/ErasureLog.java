package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import assent.server.store.Write;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which activations were erased, in a file of its own beside the store: one line each, durable *before* the
/// store erases anything. A backup that is put back is an older store and knows nothing of later withdrawals;
/// this file does, so they are done again before anybody is let in ([PutBack]).
///
/// A line may be there although the step that it announced failed, as on a full disk. Then a backup that is
/// put back has one activation less than it might have, never one more.
///
/// It holds no number: a device's id under a key, which tells something only to whoever has both the id and
/// the key file. Lines go after [#KEPT]; a backup older than that cannot be put back. Confined to the store's
/// writer.
final class ErasureLog implements AutoCloseable {
    /// How long an erasure is remembered.
    static final Duration KEPT = Duration.ofDays(180);

    private final Path file;
    private final Keys keys;
    private final Clock clock;
    private final String id;
    private final FileChannel channel;
    private ErasureList.Chain chain;

    private ErasureLog(Path file, Keys keys, Clock clock, String id, FileChannel channel, ErasureList.Chain chain) {
        this.file = file;
        this.keys = keys;
        this.clock = clock;
        this.id = id;
        this.channel = channel;
        this.chain = chain;
    }

    /// Opens it to be written on, and begins one if there is none. Only for whoever has the store open.
    static ErasureLog open(Path file, Keys keys, Clock clock) throws StoreException {
        ErasureList list =
                read(file).orElseGet(ErasureList::fresh).since(clock.instant().minus(KEPT));
        var chain = new ErasureList.Chain();
        try {
            replace(file, list.text(chain));
            var channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.position(channel.size());
            return new ErasureLog(file, keys, clock, list.id(), channel, chain);
        } catch (IOException e) {
            throw failed(file, e.toString(), e);
        }
    }

    /// What the file says.
    ///
    /// @return empty if there is none
    static Optional<ErasureList> read(Path file) throws StoreException {
        try {
            return Files.exists(file)
                    ? Optional.of(ErasureList.parse(Files.readString(file, StandardCharsets.US_ASCII)))
                    : Optional.empty();
        } catch (IOException e) {
            throw failed(file, e.toString(), e);
        } catch (IllegalArgumentException e) {
            throw failed(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            write(channel, text);
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            ClosingNote.sync(folder);
        }
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// Where the log is now: for a backup that begins after this.
    BackupMark mark() {
        return new BackupMark(id, chain.last(), clock.instant());
    }

    /// Notes what a step is about to erase; when this returns it is on the disk.
    ///
    /// @param results what the step's writes will answer, in their order
    /// @throws StoreException if it is not noted; the step has to fail
    void announce(List<Write<?>> writes, List<Write.Result> results) throws StoreException {
        var next = new ErasureList.Chain(chain);
        var lines = new StringBuilder();
        for (int i = 0; i < results.size(); i++) {
            entry(writes.get(i), results.get(i)).ifPresent(entry -> lines.append(next.line(entry)));
        }
        if (!lines.isEmpty()) {
            append(lines.toString());
            chain = next;
        }
    }

    private Optional<ErasureList.Entry> entry(Write<?> write, Write.Result result) {
        if (result instanceof Write.Erased erased) {
            return Optional.of(entry(
                    erased.deviceId(),
                    write instanceof Write.WithdrawNumber lost ? Optional.of(lost.pinProtection()) : Optional.empty()));
        }
        if (result instanceof Write.Bound(var superseded) && write instanceof Write.Activate activate) {
            return superseded.map(
                    device -> entry(device, Optional.of(activate.pinRule().protection())));
        }
        return Optional.empty();
    }

    private ErasureList.Entry entry(DeviceId device, Optional<Duration> pinProtection) {
        return new ErasureList.Entry(clock.instant(), keys.erasedMac(device), pinProtection);
    }

    private void append(String lines) throws StoreException {
        try {
            long end = channel.position();
            try {
                write(channel, lines);
            } catch (IOException e) {
                channel.truncate(end); // the disk is full: half a line must not stay
                throw failed(file, e.toString(), e);
            }
            channel.force(false);
        } catch (IOException e) {
            throw StoreException.lasting(
                    "What is about to be erased could not be noted in " + file + " (" + e + "). After that nobody knows"
                            + " what is on the disk, so this gateway keeps nothing more. What it acknowledged before is not"
                            + " touched by this. Check the disk and the system's log, then start the gateway again.",
                    e);
        }
    }

    private static StoreException failed(Path file, String why, Exception e) {
        return new StoreException(
                "The list of what was erased, " + file + ", cannot be used (" + why
                        + "). Without it a backup that is put"
                        + " back would revive what was withdrawn. Check the disk, and who may read and write there. If it is"
                        + " damaged, move it away: a new one is begun, and backups from before it cannot be put back as they"
                        + " are.",
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // what counts is synced
        }
    }
}
