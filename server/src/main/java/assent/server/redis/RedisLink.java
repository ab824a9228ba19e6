package assent.server.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// The way to one primary with its replicas, or to a cluster. Who only reads takes a connection of
/// a pool for it ([#read]); who writes holds connections of its own ([#writer]), and who waits for
/// something to come does too ([#dedicated]).
///
/// Which node is primary is looked up anew whenever one says that it is not, or is gone.
/// Thread-safe; every method blocks, and none may be called from an event loop.
public final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    /// Failed looks for a node are not repeated sooner, whoever asks.
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private static final int READ_TRIES = 3;

    /// While a slot moves, neither node may be able to answer: for about 0.3 s in all.
    private static final int MOVING_TRIES = 6;

    private static final Duration MOVING_PAUSE = Duration.ofMillis(10);

    private final RedisSettings settings;
    private final Connections connections;
    private final Discovery discovery;
    private final Map<RedisAddress, ConnectionPool> pools = new ConcurrentHashMap<>();
    private final int replicasRequired;
    private volatile Topology topology;
    private volatile Runnable replaced = () -> {};
    private volatile boolean closed;
    private long lookedAtNanos;

    private RedisLink(RedisSettings settings, Connections connections, Discovery discovery, Topology topology) {
        this.settings = settings;
        this.connections = connections;
        this.discovery = discovery;
        this.topology = topology;
        this.replicasRequired = settings.replicasRequired().orElse(Math.min(1, topology.replicasMin()));
        this.lookedAtNanos = System.nanoTime();
    }

    /// Connects.
    ///
    /// @throws RedisException if Redis is not there, or is not one that texts can be trusted to: it
    ///     would evict keys, is too old, has fewer replicas than are to confirm, or is (not) a
    ///     cluster
    public static RedisLink open(RedisSettings settings) throws RedisException {
        return open(settings, Connections.GATEWAY);
    }

    /// As [#open(RedisSettings)], for a tool that gateways' stores are not to be used beside.
    public static RedisLink openForTool(RedisSettings settings) throws RedisException {
        return open(settings, Connections.TOOL);
    }

    private static RedisLink open(RedisSettings settings, String name) throws RedisException {
        var connections = new Connections(settings, name);
        var discovery = new Discovery(settings, connections);
        Topology topology = discovery.look(List.of());
        Optional<Integer> required = settings.replicasRequired();
        if (required.isPresent() && required.get() > topology.replicasMin()) {
            throw new RedisException("store.redis.replicas-required is " + required.get() + ", but a primary has "
                    + topology.replicasMin() + " replicas connected; connect more, or lower it");
        }
        var link = new RedisLink(settings, connections, discovery, topology);
        LOG.info(
                "Redis: {} primaries, {} replicas have to confirm each write",
                topology.primaries().size(),
                link.replicasRequired);
        return link;
    }

    /// Has this called whenever other nodes have become primaries: what the ones from before did not pass on is
    /// gone. On whatever thread found out; it must not block.
    public void onReplaced(Runnable told) {
        replaced = told;
    }

    /// How many replicas must have a write before it counts.
    public int replicasRequired() {
        return replicasRequired;
    }

    /// Runs commands whose keys are all of one slot, on the primary that has it, in this order; on
    /// a passing trouble again, so they must only read, or do no harm twice. While a slot moves, what has
    /// moved already is asked for where it is.
    ///
    /// @return a reply for each: a `Long`, a `byte[]`, a `List`, or null where Redis says nil
    public List<Object> read(List<Command> commands) throws RedisException {
        RedisException trouble = new RedisException("Redis was not asked");
        int tries = READ_TRIES;
        for (int i = 0; i < tries; i++) {
            try {
                RedisAddress address = topology.of(commands.getFirst().key);
                List<Object> replies = askAt(address, commands);
                Optional<JedisDataException> refusal = refusal(replies);
                if (refusal.isEmpty()) {
                    return replies;
                }
                trouble = Refusals.explain(address, refusal.get());
                if (!Refusals.isPassing(refusal.get())) {
                    throw trouble;
                }
                if (Refusals.isMoving(refusal.get())) {
                    tries = MOVING_TRIES;
                    LockSupport.parkNanos(MOVING_PAUSE.toNanos() << i);
                }
            } catch (JedisException e) {
                trouble = new RedisException("Redis does not answer (" + e.getMessage() + ").", e);
            }
            lookAgain();
        }
        throw trouble;
    }

    private List<Object> askAt(RedisAddress address, List<Command> commands) throws RedisException {
        List<Object> replies = new ArrayList<>(askOnce(address, commands, false));
        for (int i = 0; i < replies.size(); i++) {
            Optional<RedisAddress> moved = Refusals.movedTo(address, replies.get(i));
            if (moved.isPresent()) {
                replies.set(
                        i, askOnce(moved.get(), List.of(commands.get(i)), true).getFirst());
            }
        }
        return replies;
    }

    /// @param isGuest whether the node does not have the slot yet
    private List<Object> askOnce(RedisAddress address, List<Command> commands, boolean isGuest) throws RedisException {
        try (Connection connection = pool(address).getResource()) {
            if (isGuest) {
                connection.sendCommand(Protocol.Command.ASKING); // counts for the next command alone
            }
            commands.forEach(command -> connection.sendCommand(command.name, command.arguments));
            if (isGuest) {
                connection.getMany(1);
            }
            return connection.getMany(commands.size());
        }
    }

    /// Runs a command without a key on every primary.
    public void eachPrimary(Command command) throws RedisException {
        for (Topology.Primary primary : topology.primaries()) {
            Optional<JedisDataException> refusal = refusal(askOnce(primary.address(), List.of(command), false));
            if (refusal.isPresent()) {
                throw Refusals.explain(primary.address(), refusal.get());
            }
        }
    }

    private static Optional<JedisDataException> refusal(List<Object> replies) {
        for (Object reply : replies) {
            if (reply instanceof JedisDataException refusal) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    private ConnectionPool pool(RedisAddress address) throws RedisException {
        if (closed) {
            throw new RedisException("the link to Redis is closed");
        }
        return pools.computeIfAbsent(address, connections::pool);
    }

    /// How many primaries there are.
    public int primaries() {
        return topology.primaries().size();
    }

    /// Some of the keys that a primary has. A walk from [KeyPage#BEGINNING] to a page that is the last
    /// shows each key that is there all the while, some more than once.
    ///
    /// @param primary its place, from 0; places hold as long as no primary is replaced
    /// @param cursor of the page before
    /// @param count about how many
    public KeyPage keys(int primary, String cursor, int count) throws RedisException {
        try (Connection connection =
                pool(topology.primaries().get(primary).address()).getResource()) {
            connection.sendCommand(Protocol.Command.SCAN, cursor, "COUNT", Integer.toString(count));
            List<?> reply = connection.getObjectMultiBulkReply();
            List<byte[]> keys =
                    ((List<?>) reply.get(1)).stream().map(key -> (byte[]) key).toList();
            return new KeyPage(new String((byte[]) reply.get(0), StandardCharsets.US_ASCII), keys);
        } catch (JedisException e) {
            throw new RedisException("Redis does not say which keys it has (" + e.getMessage() + ").", e);
        }
    }

    /// Whether a gateway is connected to a primary.
    public boolean hasGateways() throws RedisException {
        for (Topology.Primary primary : topology.primaries()) {
            try (Connection connection = pool(primary.address()).getResource()) {
                connection.sendCommand(Protocol.Command.CLIENT, "LIST");
                if (connection.getBulkReply().contains(" name=" + Connections.GATEWAY + " ")) {
                    return true;
                }
            } catch (JedisException e) {
                throw new RedisException("Redis does not say who is connected (" + e.getMessage() + ").", e);
            }
        }
        return false;
    }

    /// How many keys all primaries have.
    public long keyCount() throws RedisException {
        long count = 0;
        for (Topology.Primary primary : topology.primaries()) {
            try (Connection connection = pool(primary.address()).getResource()) {
                connection.sendCommand(Protocol.Command.DBSIZE);
                count += connection.getIntegerReply();
            } catch (JedisException e) {
                throw new RedisException("Redis does not say how many keys it has (" + e.getMessage() + ").", e);
            }
        }
        return count;
    }

    /// For one thread that writes.
    ///
    /// @param scripts that it will run
    public RedisWriter writer(List<Script> scripts) {
        return new RedisWriter(this, settings, scripts);
    }

    /// A connection of its own to the primary that has this key, for one thread that waits on it.
    ///
    /// @throws RedisException if it cannot be had now
    public DedicatedConnection dedicated(byte[] key) throws RedisException {
        return new DedicatedConnection(connect(lookAgain().of(key)));
    }

    /// The time of the primary that has this key, in microseconds since 1970.
    public long timeMicros(byte[] key) throws RedisException {
        try (Connection connection = pool(topology.of(key)).getResource()) {
            connection.sendCommand(Protocol.Command.TIME);
            List<String> time = connection.getMultiBulkReply();
            return Long.parseLong(time.get(0)) * 1_000_000 + Long.parseLong(time.get(1));
        } catch (JedisException e) {
            throw new RedisException("Redis does not say its time (" + e.getMessage() + ").", e);
        }
    }

    HeldConnection connect(RedisAddress address) throws RedisException {
        if (closed) {
            throw new RedisException("the link to Redis is closed");
        }
        try {
            return connections.connect(address);
        } catch (JedisConnectionException e) {
            throw new RedisException("Redis at " + address + " cannot be reached (" + e.getMessage() + ").", e);
        } catch (JedisException e) {
            throw new RedisException("Redis at " + address + " refused the connection (" + e.getMessage() + ").", e);
        }
    }

    Topology topology() {
        return topology;
    }

    /// Finds the primaries anew, unless that was done a moment ago.
    ///
    /// @throws RedisException if there are none; the ones from before stay the ones to try
    synchronized Topology lookAgain() throws RedisException {
        if (System.nanoTime() - lookedAtNanos < LOOK_EVERY.toNanos()) {
            return topology;
        }
        boolean isReplaced = false;
        try {
            Topology now = discovery.look(
                    topology.primaries().stream().map(Topology.Primary::address).toList());
            List<RedisAddress> addresses =
                    now.primaries().stream().map(Topology.Primary::address).toList();
            if (!addresses.equals(
                    topology.primaries().stream().map(Topology.Primary::address).toList())) {
                LOG.info("Redis: the primaries are now {}", addresses);
                isReplaced = true;
            }
            topology = now;
            new ArrayList<>(pools.keySet())
                    .stream().filter(address -> !addresses.contains(address)).forEach(this::drop);
            if (isReplaced) {
                replaced.run();
            }
            return now;
        } finally {
            lookedAtNanos = System.nanoTime();
        }
    }

    private void drop(RedisAddress address) {
        ConnectionPool pool = pools.remove(address);
        if (pool != null) {
            pool.close();
        }
    }

    /// Writers and dedicated connections are their owners' to close, before this.
    @Override
    public void close() {
        closed = true;
        new ArrayList<>(pools.keySet()).forEach(this::drop);
    }
}
