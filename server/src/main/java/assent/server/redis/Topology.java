package assent.server.redis;

import java.util.List;

/// Which primary has which key: for each slot the place of its primary, -1 if nobody has it; without a
/// cluster there are no slots, and one primary. Immutable.
final class Topology {
    static final int SLOTS = 16_384;

    private final List<Primary> primaries;
    private final short[] ofSlot;

    record Primary(RedisAddress address, int replicas) {}

    /// Takes over `ofSlot`.
    Topology(List<Primary> primaries, short[] ofSlot) {
        this.primaries = List.copyOf(primaries);
        this.ofSlot = ofSlot;
    }

    /// The nodes that take writes, each with the replicas that it said it has.
    List<Primary> primaries() {
        return primaries;
    }

    static Topology of(Primary primary) {
        return new Topology(List.of(primary), new short[0]);
    }

    boolean isCluster() {
        return ofSlot.length > 0;
    }

    static int slot(byte[] key) {
        return Slots.of(key);
    }

    /// @throws RedisException if no node has the key's slot
    RedisAddress of(byte[] key) throws RedisException {
        if (!isCluster()) {
            return primaries.getFirst().address();
        }
        int place = ofSlot[slot(key)];
        if (place < 0) {
            throw new RedisException("no node of the Redis Cluster has slot " + slot(key)
                    + "; see 'redis-cli --cluster check' and mend the cluster");
        }
        return primaries.get(place).address();
    }

    /// Fewest replicas that a primary has.
    int replicasMin() {
        return primaries.stream().mapToInt(Primary::replicas).min().orElse(0);
    }
}
