package assent.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Tells when one of a few files has changed, been replaced, or come or gone. Looks at them once in a while: what
/// replaces certificates does so by renames and links in ways of its own, which notifications miss. A
/// change that is still being written is told of when it has rested for one look. Thread-safe.
final class FileWatch implements AutoCloseable {
    private final Supplier<List<Path>> files;
    private final Duration pause;
    private final Runnable changed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Map<Path, Stamp> told;

    /// What distinguishes a file from what was there before it.
    private record Stamp(FileTime modified, long bytes, Object key) {}

    private FileWatch(Supplier<List<Path>> files, Duration pause, Runnable changed) {
        this.files = files;
        this.pause = pause;
        this.changed = changed;
        this.told = look();
    }

    /// @param files asked at each look
    /// @param changed run on the watch's own thread
    static FileWatch start(Supplier<List<Path>> files, Duration pause, Runnable changed) {
        var watch = new FileWatch(files, pause, changed);
        Thread.ofPlatform().daemon().name("assent-file-watch").start(watch::run);
        return watch;
    }

    private void run() {
        try {
            Map<Path, Stamp> before = told;
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                Map<Path, Stamp> now = look();
                if (!now.equals(told) && now.equals(before)) {
                    told = now;
                    changed.run();
                }
                before = now;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<Path, Stamp> look() {
        var stamps = new HashMap<Path, Stamp>();
        for (Path file : files.get()) {
            try {
                var attributes = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
                stamps.put(
                        file,
                        new Stamp(
                                attributes.lastModifiedTime(),
                                attributes.size(),
                                String.valueOf(attributes.fileKey())));
            } catch (IOException _) {
                // It is not there now: that is how it looks.
            }
        }
        return stamps;
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
