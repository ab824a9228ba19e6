package assent.server.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// Writes, on one connection that it holds to each primary. One run is one pipeline to each node
/// concerned, all at the same time; [#runConfirmed] ends a step with `WAIT` on these
/// very connections.
///
/// *What is sent a second time.* A command that Redis refused without running it, because it
/// belongs elsewhere by now, is sent where it belongs, a few times with growing pauses. All
/// commands of a slot that come behind it are refused likewise, so those of a slot keep their
/// order. A command whose reply did not come is never sent again: nobody knows whether it was run.
///
/// Confined to one thread.
public final class RedisWriter implements Pipes {
    private static final int ROUNDS_MAX = 6;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final RedisLink link;
    private final RedisSettings settings;
    private final List<Script> scripts;
    private final Map<RedisAddress, HeldConnection> held = new HashMap<>();

    /// Nodes that were written to and have not confirmed since.
    private final Set<RedisAddress> unconfirmed = new HashSet<>();

    RedisWriter(RedisLink link, RedisSettings settings, List<Script> scripts) {
        this.link = link;
        this.settings = settings;
        this.scripts = List.copyOf(scripts);
    }

    @Override
    public List<@Nullable Object> run(Collection<Command> commands) throws RedisException {
        return run(List.copyOf(commands), false);
    }

    @Override
    public List<@Nullable Object> runConfirmed(Collection<Command> commands) throws RedisException {
        return run(List.copyOf(commands), true);
    }

    @Override
    public void begin() {
        unconfirmed.clear();
    }

    private List<@Nullable Object> run(List<Command> commands, boolean confirm) throws RedisException {
        @Nullable Object[] replies = new Object[commands.size()];
        List<Integer> open = new ArrayList<>(commands.size());
        for (int i = 0; i < replies.length; i++) {
            open.add(i);
        }
        for (int round = 0; ; round++) {
            Map<RedisAddress, List<Integer>> byNode = byNode(commands, open);
            boolean isConfirming = confirm && link.replicasRequired() > 0;
            if (isConfirming) {
                unconfirmed.forEach(node -> byNode.computeIfAbsent(node, _ -> new ArrayList<>()));
            }
            exchange(commands, byNode, replies, isConfirming);
            open.removeIf(i -> !Refusals.isPassing(replies[i]));
            if (open.isEmpty()) {
                return Arrays.asList(replies);
            }
            if (round == ROUNDS_MAX) {
                RedisAddress node = link.topology().of(commands.get(open.getFirst()).key);
                throw Refusals.explain(node, (JedisDataException) replies[open.getFirst()]);
            }
            LockSupport.parkNanos(FIRST_PAUSE_NANOS << round);
            link.lookAgain();
        }
    }

    private Map<RedisAddress, List<Integer>> byNode(List<Command> commands, List<Integer> open) throws RedisException {
        Topology topology = link.topology();
        Map<RedisAddress, List<Integer>> byNode = new LinkedHashMap<>();
        for (int i : open) {
            byNode.computeIfAbsent(topology.of(commands.get(i).key), _ -> new ArrayList<>())
                    .add(i);
        }
        return byNode;
    }

    /// One pipeline to each node. Everything is sent before the first reply is awaited.
    private void exchange(
            List<Command> commands,
            Map<RedisAddress, List<Integer>> byNode,
            @Nullable Object[] replies,
            boolean confirm)
            throws RedisException {
        Map<RedisAddress, HeldConnection> used = new LinkedHashMap<>();
        for (RedisAddress node : byNode.keySet()) {
            used.put(node, hold(node));
        }
        boolean complete = false;
        try {
            for (var each : used.entrySet()) {
                send(commands, byNode.getOrDefault(each.getKey(), List.of()), each.getValue(), confirm);
            }
            List<RedisException> troubles = new ArrayList<>();
            for (var each : used.entrySet()) {
                receive(each.getKey(), byNode.getOrDefault(each.getKey(), List.of()), each.getValue(), replies, confirm)
                        .ifPresent(troubles::add);
            }
            complete = true;
            if (!troubles.isEmpty()) {
                throw troubles.getFirst();
            }
        } catch (JedisException e) {
            throw lost(e);
        } finally {
            if (!complete) { // replies that are still on their way must never be taken for others'
                used.keySet().forEach(this::drop);
            }
        }
    }

    private void send(List<Command> commands, List<Integer> mine, HeldConnection connection, boolean confirm) {
        mine.forEach(i -> connection.put(commands.get(i)));
        if (confirm) {
            connection.putWait(link.replicasRequired(), settings.confirmWithin());
        }
        connection.send();
    }

    private java.util.Optional<RedisException> receive(
            RedisAddress node,
            List<Integer> mine,
            HeldConnection connection,
            @Nullable Object[] replies,
            boolean confirm) {
        RedisException trouble = null;
        for (int i : mine) {
            replies[i] = connection.take();
            if (Refusals.isUnknownScript(replies[i])) {
                connection.forgetScripts();
            }
            if (trouble == null && replies[i] instanceof JedisDataException refusal && !Refusals.isPassing(refusal)) {
                trouble = Refusals.explain(node, refusal);
            }
        }
        if (!confirm) {
            if (!mine.isEmpty()) {
                unconfirmed.add(node);
            }
            return java.util.Optional.ofNullable(trouble);
        }
        long confirmed = connection.take() instanceof Long count ? count : 0;
        unconfirmed.remove(node);
        if (trouble == null && confirmed < link.replicasRequired()) {
            trouble = tooFew(node, confirmed);
        }
        return java.util.Optional.ofNullable(trouble);
    }

    private RedisException tooFew(RedisAddress node, long confirmed) {
        try {
            link.lookAgain(); // it may have been replaced, and not know yet
        } catch (RedisException e) {
            return new RedisException(
                    "Redis at " + node + " was written to, but lost its replicas; " + e.getMessage(), e);
        }
        return new RedisException(
                "Only " + confirmed + " of " + link.replicasRequired() + " replicas of Redis at " + node
                        + " confirmed within " + settings.confirmWithin().toMillis()
                        + " ms; see whether they run and keep up (INFO replication).");
    }

    private RedisException lost(JedisException e) {
        try {
            link.lookAgain();
        } catch (RedisException none) {
            e.addSuppressed(none);
        }
        return new RedisException(
                "A reply of Redis did not come (" + e.getMessage() + "); nobody knows what it has kept of this step.",
                e);
    }

    private HeldConnection hold(RedisAddress node) throws RedisException {
        HeldConnection connection = held.get(node);
        if (connection != null && !connection.isSound()) {
            drop(node);
            connection = null;
        }
        try {
            if (connection == null) {
                connection = link.connect(node);
                held.put(node, connection);
            }
            connection.load(scripts);
            return connection;
        } catch (RedisException | JedisException e) {
            drop(node);
            link.lookAgain(); // the next step finds who took its place
            throw new RedisException("Redis at " + node + " is gone (" + e.getMessage() + ").", e);
        }
    }

    private void drop(RedisAddress node) {
        HeldConnection connection = held.remove(node);
        if (connection != null) {
            connection.closeQuietly();
        }
    }

    @Override
    public void close() {
        List.copyOf(held.keySet()).forEach(this::drop);
    }
}
