package assent.server.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisException;

/// Finds out which nodes are primaries. Without a cluster every configured node is asked; if two
/// say that they are (one was replaced, and does not know yet), the one that has more replicas is
/// believed. Thread-safe; blocks.
final class Discovery {
    private final RedisSettings settings;
    private final Connections connections;

    Discovery(RedisSettings settings, Connections connections) {
        this.settings = settings;
        this.connections = connections;
    }

    /// @param known nodes that were primaries a moment ago
    /// @throws RedisException if there is no primary, or one that may not be used
    Topology look(Collection<RedisAddress> known) throws RedisException {
        return settings.cluster() ? cluster(known) : single();
    }

    private Topology single() throws RedisException {
        List<NodeInfo> primaries = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (RedisAddress address : settings.nodes()) {
            try (HeldConnection connection = connections.connect(address)) {
                NodeInfo info = NodeInfo.ask(address, connection);
                if (info.isPrimary()) {
                    primaries.add(info);
                } else {
                    others.add(address + " is a replica");
                }
            } catch (JedisException e) {
                others.add(why(address, e));
            }
        }
        Optional<NodeInfo> primary = primaries.stream().max(Comparator.comparingInt(NodeInfo::replicas));
        if (primary.isEmpty()) {
            throw nobody("no node in store.redis.nodes is a Redis primary", others);
        }
        primary.get().check(false);
        return Topology.of(
                new Topology.Primary(primary.get().address(), primary.get().replicas()));
    }

    private static RedisException nobody(String what, List<String> answers) {
        return new RedisException(
                what + " (" + String.join("; ", answers) + "). Start it or promote a replica, or correct the list");
    }

    private static String why(RedisAddress address, JedisException e) {
        return address
                + (e instanceof JedisAccessControlException
                        ? " refuses the user or the password"
                        : " does not answer: " + root(e).getMessage());
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private Topology cluster(Collection<RedisAddress> known) throws RedisException {
        var candidates = new LinkedHashSet<>(known);
        candidates.addAll(settings.nodes());
        List<String> others = new ArrayList<>();
        for (RedisAddress address : candidates) {
            try (HeldConnection connection = connections.connect(address)) {
                NodeInfo.ask(address, connection).check(true);
                connection.sendCommand(Protocol.Command.CLUSTER, "SLOTS");
                return cluster(address, connection.getObjectMultiBulkReply());
            } catch (JedisException e) {
                others.add(why(address, e));
            }
        }
        throw nobody("no node of the Redis Cluster answers", others);
    }

    private Topology cluster(RedisAddress asked, List<Object> ranges) throws RedisException {
        Map<RedisAddress, Short> places = new LinkedHashMap<>();
        short[] ofSlot = new short[Topology.SLOTS];
        Arrays.fill(ofSlot, (short) -1);
        for (Object each : ranges) {
            List<?> range = (List<?>) each;
            RedisAddress address = address(asked, (List<?>) range.get(2));
            short place = places.computeIfAbsent(address, _ -> (short) places.size());
            Arrays.fill(ofSlot, Math.toIntExact((Long) range.get(0)), Math.toIntExact((Long) range.get(1)) + 1, place);
        }
        List<Topology.Primary> primaries = new ArrayList<>();
        for (RedisAddress address : places.keySet()) {
            primaries.add(new Topology.Primary(address, replicas(address)));
        }
        return new Topology(List.copyOf(primaries), ofSlot);
    }

    /// A primary that does not answer may be replaced in a moment; its slots' writes fail until
    /// then, the others' do not.
    private int replicas(RedisAddress address) throws RedisException {
        try (HeldConnection connection = connections.connect(address)) {
            NodeInfo info = NodeInfo.ask(address, connection);
            info.check(true);
            return info.replicas();
        } catch (JedisException e) {
            return 0;
        }
    }

    /// A node that was asked may leave its own address empty.
    private static RedisAddress address(RedisAddress asked, List<?> node) {
        String host = node.get(0) instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
        int port = Math.toIntExact((Long) node.get(1));
        return new RedisAddress(host.isEmpty() ? asked.host() : host, port);
    }
}
