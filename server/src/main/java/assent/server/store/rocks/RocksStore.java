package assent.server.store.rocks;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.StoredMessage;
import assent.server.store.Suspension;
import assent.server.store.Write;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final Consents consents;
    private final Activations activations;
    private final Mailboxes mailboxes;
    private final Counters counters;
    private final Sweep sweep;

    /// Native calls on a closed database crash the process: every use holds the read lock, closing the
    /// write lock.
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();

    private boolean closed;

    /// Guarded by this.
    private Optional<StoreException> finalFailure = Optional.empty();

    private RocksStore(
            Path folder, Database database, Keys keys, RocksConfig config, Suspension suspension, long generation) {
        this.folder = folder;
        this.database = database;
        this.generation = generation;
        this.reads = new Reads(database, keys, suspension);
        this.cache = new MailboxCache(keys, config.mailboxesCachedMax());
        this.consents = new Consents(keys);
        this.counters = new Counters(keys);
        this.mailboxes = new Mailboxes(keys, config, cache, new Sequences(generation), suspension);
        this.activations = new Activations(keys, consents, mailboxes, counters);
        this.sweep = new Sweep(consents, mailboxes, counters);
    }

    /// As [#open(Path, Keys, RocksConfig, Suspension)], with nobody suspended.
    public static RocksStore open(Path folder, Keys keys, RocksConfig config) throws StoreException {
        return open(folder, keys, config, Suspension.NONE);
    }

    /// Opens the store in `folder`, and makes it if there is none. Blocks; after a crash, for as long as
    /// reading the write-ahead log takes.
    ///
    /// @throws StoreException if another process has it open, another version wrote it, other keys
    ///     sealed it, or it is damaged; nothing was changed
    public static RocksStore open(Path folder, Keys keys, RocksConfig config, Suspension suspension)
            throws StoreException {
        Database database = Database.open(folder, config);
        boolean entered = false;
        try {
            long generation = Meta.enter(database, folder, keys);
            entered = true;
            return new RocksStore(folder, database, keys, config, suspension, generation);
        } catch (RocksDBException e) {
            throw OpenChecks.explain(folder, e);
        } finally {
            if (!entered) {
                database.close();
            }
        }
    }

    /// Whether there is a store in `folder` already, so that only its own key file will do.
    public static boolean holdsData(Path folder) throws StoreException {
        return OpenChecks.holdsData(folder);
    }

    @Override
    public synchronized List<Write.Result> apply(List<Write<?>> batch) throws StoreException {
        return using("kept", () -> {
            boolean written = false;
            try (var step = new Batch(database)) {
                List<Write.Result> results = new ArrayList<>(batch.size());
                for (Write<?> write : batch) {
                    results.add(apply(step, write));
                }
                commit(step);
                written = true;
                return results;
            } finally {
                if (written) {
                    cache.keepStep();
                } else {
                    cache.forgetAll();
                }
            }
        });
    }

    private void commit(Batch step) throws RocksDBException, StoreException {
        if (finalFailure.isPresent()) {
            throw finalFailure.get();
        }
        try {
            step.commit();
        } catch (RocksDBException e) {
            if (isDiskFull(e)) {
                throw e;
            }
            var failure = StoreException.lasting(
                    "What was to be kept in the store in " + folder + " could not be made durable (" + e.getMessage()
                            + "). After that nobody knows what is on the disk, so this gateway keeps nothing more."
                            + " What it acknowledged before is not touched by this. Check the disk and the system's"
                            + " log, then start the gateway again.",
                    e);
            finalFailure = Optional.of(failure);
            throw failure;
        }
    }

    private static boolean isDiskFull(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getSubCode() == Status.SubCode.NoSpace;
    }

    private Write.Result apply(Batch step, Write<?> write) throws RocksDBException {
        return switch (write) {
            case Write.Append append -> mailboxes.append(step, append);
            case Write.Remove remove -> mailboxes.remove(step, remove);
            case Write.PutConsent put -> consents.put(step, put);
            case Write.EraseConsent(var id) -> consents.erasePending(step, id);
            case Write.Count count -> counters.count(step, count);
            case Write.Look look -> counters.look(step, look);
            case Write.TakeBack takeBack -> counters.takeBack(step, takeBack);
            case Write.Activate activate -> activations.activate(step, activate);
            case Write.Renew renew -> activations.renew(step, renew);
            case Write.Withdraw(var deviceId) -> activations.withdraw(step, deviceId);
            case Write.WithdrawNumber(var number) -> activations.withdraw(step, number);
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
    public boolean isActivated(PhoneNumber number) throws StoreException {
        return using("read", () -> reads.isActivated(number));
    }

    @Override
    public List<StoredMessage> messages(DeviceId mailbox, long afterSequence, int countMax, int bytesMax, Instant now)
            throws StoreException {
        return using("read", () -> reads.messages(mailbox, afterSequence, countMax, bytesMax, now));
    }

    @Override
    public boolean isDelivered(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now)
            throws StoreException {
        return using("read", () -> reads.isDelivered(to, fromDevice, messageId, now));
    }

    @Override
    public long generation() {
        return generation;
    }

    private interface Use<R> {
        R run() throws RocksDBException, StoreException;
    }

    private <R> R using(String purpose, Use<R> use) throws StoreException {
        inUse.readLock().lock();
        try {
            if (closed) {
                throw new StoreException("The store in " + folder + " is closed.");
            }
            return use.run();
        } catch (RocksDBException e) {
            throw new StoreException(
                    "Nothing could be " + purpose + " in the store in " + folder + " (" + e.getMessage()
                            + "). Check the disk and its free space.",
                    e);
        } catch (DamagedRow e) {
            throw new StoreException(
                    "The store in " + folder + " is damaged: " + e.getMessage()
                            + ". Check the disk; put back a backup.",
                    e);
        } finally {
            inUse.readLock().unlock();
        }
    }

    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                database.close();
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }
}
