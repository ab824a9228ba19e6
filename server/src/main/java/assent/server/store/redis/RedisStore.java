package assent.server.store.redis;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.redis.Pipes;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.Activation;
import assent.server.store.Blocked;
import assent.server.store.Consent;
import assent.server.store.ExportStore;
import assent.server.store.Ledger;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.StoredMessage;
import assent.server.store.Suspension;
import assent.server.store.Write;
import assent.server.store.rows.DamagedRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The store in Redis, which several gateways share.
///
/// *What [#apply] promises here.* Each write is atomic: it is one script in one slot, or stages of which
/// each is harmless if it is the last ([Bindings]). A batch is not: if it fails, some of its writes may
/// have been kept. Nothing of it may be acknowledged then, and all of it may be asked for again. When
/// it returns, as many replicas as are required have all of it.
///
/// Failures pass, as far as can be known: the next step may find Redis again, or the replica that took
/// its place. Thread-safe: one thread writes (others that try wait for it), any number reads.
public final class RedisStore implements Store {
    private final Keys keys;
    private final Pipes writer;
    private final Steps steps;
    private final Mailboxes mailboxes;
    private final Counters counters;
    private final DeviceWrites deviceWrites;
    private final Consents consents;
    private final Bindings bindings;
    private final Partings partings;
    private final Ledgers ledgers;
    private final Sweep sweep;
    private final Reads reads;
    private final RedisExports exports;
    private final long generation;
    private volatile boolean closed;

    /// @param pipes closed with this
    RedisStore(
            RedisLink link,
            Pipes pipes,
            Keys keys,
            RedisStoreConfig config,
            Suspension suspension,
            InstantSource clock,
            long generation) {
        this.keys = keys;
        this.writer = pipes;
        this.generation = generation;
        var homes = new Homes(keys, config.cachedMax());
        this.consents = new Consents(keys, writer);
        this.steps = new Steps(writer, homes, consents);
        this.mailboxes = new Mailboxes(keys, homes, config, suspension);
        this.counters = new Counters(keys);
        this.deviceWrites = new DeviceWrites(keys, homes);
        this.bindings = new Bindings(keys, writer, homes, consents);
        this.partings = new Partings(keys, writer, homes, consents, clock);
        this.ledgers = new Ledgers(link);
        this.sweep = new Sweep(writer, consents, config);
        this.reads = new Reads(link, keys, homes, suspension, config);
        this.exports = new RedisExports(this, link, keys, reads);
    }

    /// Opens the store, and makes it if there is none.
    ///
    /// @param link stays the caller's, to close after this
    /// @throws StoreException if another version wrote it, other keys sealed it, or Redis does not
    ///     answer; nothing was changed
    public static RedisStore open(
            RedisLink link, Keys keys, RedisStoreConfig config, Suspension suspension, InstantSource clock)
            throws StoreException {
        try {
            long generation = Meta.enter(link, keys);
            return new RedisStore(link, link.writer(Scripts.ALL), keys, config, suspension, clock, generation);
        } catch (RedisException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    /// Whether there is a store already, so that only its own key file will do.
    ///
    /// @throws StoreException if Redis does not answer
    public static boolean holdsData(RedisLink link) throws StoreException {
        try {
            return Meta.isThere(link);
        } catch (RedisException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    /// Where a number's seat is kept: in the slot of its mailbox, so that a message that is put there finds
    /// the seat in the same step.
    ///
    /// @return the key of the seat, then that of the activation
    public byte[][] seatKeys(PhoneNumber number) {
        var of = new RedisKeys.Of(keys.macOf(number).toArray());
        return new byte[][] {of.t, of.a};
    }

    @Override
    public synchronized List<Write.Result> apply(List<Write<?>> batch) throws StoreException {
        return reading(() -> steps.run(batch.stream().map(this::work).toList()));
    }

    private Work work(Write<?> write) {
        return switch (write) {
            case Write.Append append -> mailboxes.append(append);
            case Write.Remove remove -> mailboxes.remove(remove);
            case Write.FallBack fallBack -> mailboxes.fallBack(fallBack);
            case Write.PutConsent put -> consents.put(put);
            case Write.EraseConsent(var id) -> consents.erasePending(id);
            case Write.Count count -> counters.count(count);
            case Write.Look look -> counters.look(look);
            case Write.TakeBack takeBack -> counters.takeBack(takeBack);
            case Write.Tally tally -> counters.tally(tally);
            case Write.Untally untally -> counters.untally(untally);
            case Write.HoldInvitation hold -> counters.hold(hold);
            case Write.Enter enter -> ledgers.enter(enter);
            case Write.Activate activate -> bindings.activate(activate);
            case Write.Renew renew -> partings.renew(renew);
            case Write.Withdraw(var deviceId) -> partings.withdraw(deviceId);
            case Write.WithdrawNumber withdraw -> partings.withdraw(withdraw);
            case Write.Block block -> deviceWrites.block(block);
            case Write.Unblock unblock -> deviceWrites.unblock(unblock);
            case Write.SetPin set -> deviceWrites.setPin(set);
            case Write.Seen seen -> deviceWrites.seen(seen);
            case Write.Sweep due -> sweep.sweep(due);
        };
    }

    @Override
    public Optional<Consent> consent(ConsentId id) throws StoreException {
        return reading(() -> reads.consent(id));
    }

    @Override
    public Optional<Activation> activation(DeviceId deviceId) throws StoreException {
        return reading(() -> reads.activation(deviceId));
    }

    @Override
    public boolean isToBeSeen(DeviceId deviceId, Instant now) throws StoreException {
        return reading(() -> reads.isToBeSeen(deviceId, now));
    }

    @Override
    public Optional<DeviceId> deviceOf(PhoneNumber number) throws StoreException {
        return reading(() -> reads.deviceOf(number));
    }

    @Override
    public List<StoredMessage> messages(
            DeviceId mailbox, long afterSequence, int countMax, int bytesMax, InstantSource clock)
            throws StoreException {
        return reading(() -> reads.messages(mailbox, afterSequence, countMax, bytesMax, Optional.of(clock)));
    }

    @Override
    public boolean isDelivered(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now)
            throws StoreException {
        return reading(() -> reads.isDelivered(to, fromDevice, messageId, now));
    }

    @Override
    public Blocked blocked(DeviceId mailbox) throws StoreException {
        return reading(() -> reads.blocked(mailbox));
    }

    @Override
    public long lastEntry(Ledger ledger) throws StoreException {
        return reading(() -> ledgers.last(ledger));
    }

    @Override
    public List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) throws StoreException {
        return reading(() -> ledgers.entries(ledger, from, countMax, bytesMax));
    }

    @Override
    public ExportStore exports() {
        return exports;
    }

    @Override
    public long generation() {
        return generation;
    }

    interface Use<R> {
        R run() throws RedisException;
    }

    <R> R reading(Use<R> use) throws StoreException {
        if (closed) {
            throw new StoreException("The store in Redis is closed.");
        }
        try {
            return use.run();
        } catch (RedisException e) {
            throw new StoreException(e.getMessage(), e);
        } catch (DamagedRow e) {
            throw StoreException.damage(
                    "The store in Redis is damaged: " + e.getMessage()
                            + ". Put back a backup, or erase what is damaged.",
                    e);
        }
    }

    /// Waits for a step that is under way.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            writer.close();
        }
    }
}
