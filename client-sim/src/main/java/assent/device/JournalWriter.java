package assent.device;

import assent.protocol.consent.KeyPair;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does a folder's blocking work on the journal threads, in order, and with one sync for all that came
/// in while the last one was under way.
///
/// Its queue is bounded by its device: by the outbox, by the deliveries in hand, and by one entry of
/// each other kind. After a failure nothing is written any more: a failed sync says nothing about what
/// it left behind.
///
/// Thread-safe.
final class JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    private final FolderFiles files;
    private final FileChannel lock;
    private final Executor journals;
    private final long rewriteBytes;
    private final Queue<Task> tasks = new ArrayDeque<>(); // guarded by itself
    private boolean draining; // guarded by tasks

    private JournalFile journal; // touched by the draining thread only
    private @Nullable DeviceStoreException broken; // the same
    private volatile long rewriteAtBytes;
    private volatile long sizeBytes;

    /// A piece of work with the future of whoever waits for it.
    private sealed interface Task {
        CompletableFuture<Void> done();

        record Append(List<Change> changes, boolean sync, CompletableFuture<Void> done) implements Task {}

        record Rewrite(List<Change> summary, CompletableFuture<Void> done) implements Task {}

        record Close(CompletableFuture<Void> done) implements Task {}
    }

    /// Takes ownership of `journal` and `lock`.
    JournalWriter(FolderFiles files, JournalFile journal, FileChannel lock, Executor journals, long rewriteBytes) {
        this.files = files;
        this.journal = journal;
        this.lock = lock;
        this.journals = journals;
        this.rewriteBytes = rewriteBytes;
        this.rewriteAtBytes = rewriteBytes;
        this.sizeBytes = journal.size();
    }

    boolean wantsRewrite() {
        return sizeBytes > rewriteAtBytes;
    }

    /// @param sync whether the stage waits for the storage, or is completed without it
    CompletionStage<Void> append(List<Change> changes, boolean sync) {
        return submit(new Task.Append(changes, sync, new CompletableFuture<>()));
    }

    CompletionStage<Void> rewrite(List<Change> summary) {
        rewriteAtBytes = Long.MAX_VALUE; // until this one is done
        return submit(new Task.Rewrite(summary, new CompletableFuture<>()));
    }

    CompletionStage<Void> close() {
        return submit(new Task.Close(new CompletableFuture<>()));
    }

    private CompletionStage<Void> submit(Task task) {
        synchronized (tasks) {
            tasks.add(task);
            if (draining) {
                return task.done();
            }
            draining = true;
        }
        drainLater();
        return task.done();
    }

    private void drainLater() {
        try {
            journals.execute(this::drain);
        } catch (RejectedExecutionException e) {
            broken = new DeviceStoreException(
                    "the device's network was closed before its journal: close devices first", e);
            drain();
        }
    }

    /// Works one group off and, if more came meanwhile, queues up behind the other folders.
    private void drain() {
        List<Task> group;
        synchronized (tasks) {
            group = new ArrayList<>(tasks);
            tasks.clear();
        }
        if (broken == null) {
            try {
                perform(group);
            } catch (IOException | RuntimeException | Error e) { // whoever waits has to hear of it
                broken = new DeviceStoreException(
                        "the journal " + files.journal() + " cannot be written: " + e.getMessage()
                                + ". Make room or mend the storage, then open the device again",
                        e);
            }
        }
        if (group.getLast() instanceof Task.Close) {
            closeFiles();
        }
        for (Task task : group) {
            if (broken == null || task instanceof Task.Close) {
                task.done().complete(null);
            } else {
                task.done().completeExceptionally(broken);
            }
        }
        synchronized (tasks) {
            if (tasks.isEmpty()) {
                draining = false;
                return;
            }
        }
        drainLater();
    }

    private void perform(List<Task> group) throws IOException {
        var changes = new ArrayList<Change>();
        boolean sync = false;
        for (Task task : group) {
            switch (task) {
                case Task.Append append -> {
                    changes.addAll(append.changes());
                    sync |= append.sync();
                }
                case Task.Rewrite(var summary, var _) -> {
                    changes.clear(); // the summary has them
                    replaceJournal(summary);
                }
                case Task.Close _ -> sync = true;
            }
        }
        journal.append(changes);
        if (sync) {
            journal.sync();
        }
        sizeBytes = journal.size();
    }

    private void closeFiles() {
        try {
            journal.close();
            lock.close();
        } catch (IOException e) {
            LOG.warn("{} could not be closed: {}", files.journal(), e.toString());
        }
    }

    /// The new journal is whole and safe before it takes the old one's name. The key is there before a
    /// journal that needs it, and goes after the last one that did.
    private void replaceJournal(List<Change> summary) throws IOException {
        Optional<KeyPair> key = keyOf(summary);
        if (key.isPresent() && !files.holdsKey(key.get().publicKey())) {
            files.writeKey(key.get());
        }
        Files.deleteIfExists(files.newJournal());
        var fresh = JournalFile.create(files.newJournal());
        fresh.append(summary);
        fresh.sync();
        files.putNewJournalInPlace();
        journal.close();
        journal = fresh;
        rewriteAtBytes = Math.max(rewriteBytes, 2 * fresh.size());
        if (key.isEmpty()) {
            files.destroyKey();
        }
    }

    private static Optional<KeyPair> keyOf(List<Change> summary) {
        return summary.stream()
                .filter(Change.Activated.class::isInstance)
                .map(change -> ((Change.Activated) change).activation().key())
                .findFirst();
    }
}
