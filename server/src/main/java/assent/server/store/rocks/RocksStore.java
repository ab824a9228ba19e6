package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.store.Activation;
import assent.server.store.Blocked;
import assent.server.store.Consent;
import assent.server.store.ExportStore;
import assent.server.store.Ledger;
import assent.server.store.Restored;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.StoredMessage;
import assent.server.store.Suspension;
import assent.server.store.Write;
import assent.server.store.rows.DamagedRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// The store in one RocksDB folder, for one gateway.
///
/// [#apply] is one native batch over all tables, written with sync: when it returns, a power cut
/// takes nothing back. If the disk is full the step fails, and RocksDB writes again by itself
/// within seconds of finding room. Any other failure of the step is final: after a failed sync the
/// system may have dropped what it could not write, and a second sync that succeeds proves nothing.
/// Everything personal is sealed or hidden by a MAC before RocksDB sees it, so its log and tables
/// hold none of it.
///
/// Thread-safe: one thread writes (others that try wait for it), any number reads, and closing
/// waits for both.
public final class RocksStore implements Store {
    private final Path folder;
    private final Database database;
    private final long generation;
    private final Reads reads;
    private final MailboxCache cache;
    private final Steps steps;
    private final Erasures erasures;
    private final Eraser eraser;
    private final Consents consents;
    private final Activations activations;
    private final Mailboxes mailboxes;
    private final BlockLists blockLists;
    private final Counters counters;
    private final Pins pins;
    private final Invitations invitations;
    private final Ledgers ledgers;
    private final Sweep sweep;
    private final Exports exports;

    /// Native calls on a closed database crash the process: every use holds the read lock, closing the
    /// write lock.
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();

    private boolean closed;

    /// Both are set while the store is being opened.
    private Optional<ErasureLog> erasureLog = Optional.empty();

    private Optional<Restored> restored = Optional.empty();

    private RocksStore(
            Path folder, Database database, Keys keys, RocksConfig config, Suspension suspension, long generation) {
        this.folder = folder;
        this.database = database;
        this.generation = generation;
        this.reads = new Reads(database, keys, suspension);
        this.cache = new MailboxCache(keys, config.mailboxesCachedMax());
        this.steps = new Steps(folder, database);
        this.erasures = new Erasures(generation, Eraser.waitMax(config.eraseWithin()));
        var round = new ErasureRound(folder, database, steps, erasures);
        this.eraser = new Eraser(config.eraseWithin(), database::cancelRewriting, round::run);
        this.consents = new Consents(keys, erasures);
        this.counters = new Counters(keys, erasures);
        this.blockLists = new BlockLists(keys, cache);
        this.mailboxes = new Mailboxes(keys, config, cache, blockLists, new Sequences(generation), suspension);
        this.pins = new Pins(counters, erasures);
        this.activations = new Activations(keys, consents, mailboxes, counters, pins, erasures);
        this.invitations = new Invitations();
        this.ledgers = new Ledgers(database);
        this.sweep = new Sweep(consents, mailboxes, counters, pins, invitations);
        this.exports = new Exports(this, database, keys, reads);
    }

    /// As [#open(Path, Keys, RocksConfig, Suspension, Optional)], with nobody suspended, and without a list of
    /// what is erased.
    public static RocksStore open(Path folder, Keys keys, RocksConfig config) throws StoreException {
        return open(folder, keys, config, Suspension.NONE, Optional.empty());
    }

    /// Opens the store in `folder`, and makes it if there is none. Blocks; after a crash, for as long as
    /// reading the write-ahead log takes. If it is a backup that was put back, what was erased since is erased
    /// first.
    ///
    /// @param log where what is erased is listed, so that no backup can revive it; without one, none of this
    ///     store's backups can be put back as it is
    /// @throws StoreException if another process has it open, another version wrote it, other keys
    ///     sealed it, it is damaged, or a backup whose later erasures are not known; nothing was changed
    public static RocksStore open(
            Path folder, Keys keys, RocksConfig config, Suspension suspension, Optional<ErasureLogFile> log)
            throws StoreException {
        Optional<PutBack> putBack = PutBack.look(folder, keys, log.map(ErasureLogFile::path));
        return open(folder, keys, config, suspension, log, putBack);
    }

    private static RocksStore open(
            Path folder,
            Keys keys,
            RocksConfig config,
            Suspension suspension,
            Optional<ErasureLogFile> log,
            Optional<PutBack> putBack)
            throws StoreException {
        Database database = Database.open(folder, config);
        boolean entered = false;
        try {
            long generation = Meta.enter(database, folder, keys);
            var store = new RocksStore(folder, database, keys, config, suspension, generation);
            if (putBack.isPresent()) {
                store.restore(putBack.get());
            }
            if (log.isPresent()) {
                store.erasureLog = Optional.of(
                        ErasureLog.open(log.get().path(), keys, log.get().clock()));
            }
            entered = true;
            store.eraser.start();
            return store;
        } catch (RocksDBException e) {
            throw OpenChecks.explain(folder, e);
        } finally {
            if (!entered) {
                database.close();
            }
        }
    }

    /// Erases every activation of a backup that was put back, because nobody knows which were withdrawn since.
    /// Policy, audit log and counts stay.
    ///
    /// @return how many
    /// @throws StoreException as [#open], and if the store is no backup
    public static int forgetActivations(Path folder, Keys keys, RocksConfig config) throws StoreException {
        var all = Optional.of(PutBack.forgettingAll(folder));
        try (RocksStore store = open(folder, keys, config, Suspension.NONE, Optional.empty(), all)) {
            return store.restored().orElseThrow().erased();
        }
    }

    /// Whether the store in `folder` could be opened as far as it is known what was erased; changes nothing.
    ///
    /// @throws StoreException if it is a backup whose later erasures are not known
    public static void checkErasuresKnown(Path folder, Keys keys, Path log) throws StoreException {
        PutBack.look(folder, keys, Optional.of(log));
    }

    private void restore(PutBack putBack) throws RocksDBException, StoreException {
        int erased = putBack.apply(database, steps, activations);
        cache.forgetAll();
        try {
            BackupMark.remove(folder);
        } catch (IOException e) {
            throw new StoreException(
                    "The file " + folder.resolve(BackupMark.NAME) + " cannot be removed (" + e
                            + "). Check who may write" + " there.",
                    e);
        }
        restored = Optional.of(new Restored(putBack.mark().at(), erased));
    }

    /// Whether there is a store in `folder` already, so that only its own key file will do.
    public static boolean holdsData(Path folder) throws StoreException {
        return OpenChecks.holdsData(folder);
    }

    @Override
    public synchronized List<Write.Result> apply(List<Write<?>> batch) throws StoreException {
        return using("kept", () -> {
            boolean written = false;
            try {
                List<Write.Result> results = steps.run(step -> {
                    List<Write.Result> ofBatch = new ArrayList<>(batch.size());
                    for (Write<?> write : batch) {
                        ofBatch.add(apply(step, write));
                    }
                    if (erasureLog.isPresent()) {
                        erasureLog.get().announce(batch, ofBatch);
                    }
                    return ofBatch;
                });
                written = true;
                return results;
            } finally {
                if (written) {
                    cache.keepStep();
                } else {
                    cache.forgetAll();
                }
                erasures.endStep(written).ifPresent(eraser::wake);
            }
        });
    }

    private Write.Result apply(Batch step, Write<?> write) throws RocksDBException {
        return switch (write) {
            case Write.Append append -> mailboxes.append(step, append);
            case Write.Remove remove -> mailboxes.remove(step, remove);
            case Write.FallBack fallBack -> mailboxes.fallBack(step, fallBack);
            case Write.PutConsent put -> consents.put(step, put);
            case Write.EraseConsent(var id) -> consents.erasePending(step, id);
            case Write.Count count -> counters.count(step, count);
            case Write.Look look -> counters.look(step, look);
            case Write.TakeBack takeBack -> counters.takeBack(step, takeBack);
            case Write.Tally tally -> counters.tally(step, tally);
            case Write.Untally untally -> counters.untally(step, untally);
            case Write.HoldInvitation hold -> invitations.hold(step, hold);
            case Write.Enter enter -> ledgers.enter(step, enter);
            case Write.Activate activate -> activations.activate(step, activate);
            case Write.Renew renew -> activations.renew(step, renew);
            case Write.Withdraw(var deviceId) -> activations.withdraw(step, deviceId);
            case Write.Block block -> blockLists.block(step, block);
            case Write.Unblock unblock -> blockLists.unblock(step, unblock);
            case Write.WithdrawNumber withdraw -> activations.withdraw(step, withdraw);
            case Write.SetPin set -> pins.set(step, set);
            case Write.Seen seen -> pins.seen(step, seen);
            case Write.Sweep due -> sweep.sweep(step, due);
        };
    }

    @Override
    public Optional<Consent> consent(ConsentId id) throws StoreException {
        return using("read", () -> reads.consent(id));
    }

    @Override
    public Optional<Activation> activation(DeviceId deviceId) throws StoreException {
        return using("read", () -> reads.activation(deviceId));
    }

    @Override
    public boolean isActivated(DeviceId deviceId) throws StoreException {
        return using("read", () -> reads.isActivated(deviceId));
    }

    @Override
    public Optional<DeviceId> deviceOf(PhoneNumber number) throws StoreException {
        return using("read", () -> reads.deviceOf(number));
    }

    @Override
    public boolean isToBeSeen(DeviceId deviceId, Instant now) throws StoreException {
        return using("read", () -> reads.isToBeSeen(deviceId, now));
    }

    @Override
    public List<StoredMessage> messages(
            DeviceId mailbox, long afterSequence, int countMax, int bytesMax, InstantSource clock)
            throws StoreException {
        return using("read", () -> reads.messages(mailbox, afterSequence, countMax, bytesMax, clock));
    }

    @Override
    public boolean isDelivered(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now)
            throws StoreException {
        return using("read", () -> reads.isDelivered(to, fromDevice, messageId, now));
    }

    @Override
    public Blocked blocked(DeviceId mailbox) throws StoreException {
        return using("read", () -> reads.blocked(mailbox));
    }

    @Override
    public long lastEntry(Ledger ledger) throws StoreException {
        return using("read", () -> ledgers.last(ledger));
    }

    @Override
    public List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) throws StoreException {
        return using("read", () -> ledgers.entries(ledger, from, countMax, bytesMax));
    }

    @Override
    public OptionalLong messagesAbout() throws StoreException {
        return using("read", () -> OptionalLong.of(database.rowsAbout(Table.MAILBOX)));
    }

    @Override
    public void backUp(Path folder) throws StoreException {
        using("copied", () -> {
            BackupMark mark = mark();
            database.copyTo(folder);
            return mark.in(folder);
        });
        ClosingNote.write(folder);
    }

    /// Taken before the copy: what is erased while it is made is erased once more when it is put back.
    private synchronized BackupMark mark() {
        return erasureLog.map(ErasureLog::mark).orElseGet(BackupMark::withoutLog);
    }

    @Override
    public Optional<Restored> restored() {
        return restored;
    }

    @Override
    public ExportStore exports() {
        return exports;
    }

    @Override
    public long generation() {
        return generation;
    }

    /// For tests that look at rows.
    Database database() {
        return database;
    }

    interface Use<R> {
        R run() throws RocksDBException, StoreException;
    }

    <R> R reading(Use<R> use) throws StoreException {
        return using("read", use);
    }

    private <R> R using(String purpose, Use<R> use) throws StoreException {
        inUse.readLock().lock();
        try {
            if (closed) {
                throw new StoreException("The store in " + folder + " is closed.");
            }
            return use.run();
        } catch (RocksDBException e) {
            if (isDamage(e)) {
                throw damage(e);
            }
            throw new StoreException(
                    "Nothing could be " + purpose + " in the store in " + folder + " (" + e.getMessage()
                            + "). Check the disk and its free space.",
                    e);
        } catch (DamagedRow e) {
            throw damage(e);
        } finally {
            inUse.readLock().unlock();
        }
    }

    private StoreException damage(Exception e) {
        return StoreException.damage(
                "The store in " + folder + " is damaged: " + e.getMessage() + ". Check the disk; put back a backup.",
                e);
    }

    private static boolean isDamage(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption;
    }

    @Override
    public void close() {
        eraser.close();
        inUse.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                erasureLog.ifPresent(ErasureLog::close);
                if (steps.haveFailed()) {
                    database.closeWithoutNote();
                } else {
                    database.close();
                }
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }
}
