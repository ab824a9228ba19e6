package assent.sim.faults;

import java.util.List;
import java.util.stream.Stream;

/// All faults, in the order in which they are run.
final class Faults {
    private Faults() {}

    /// Of one gateway with its own store.
    static List<Fault> alone() {
        return List.of(
                new KillFault(),
                new PowerCutFault(),
                new DamageFault(),
                new DiskFullFault(),
                new SyncErrorFault(),
                new SlowDiskFault(),
                new PauseFault(),
                new NetworkFault(),
                new PacketsFault(),
                new CarrierFault(),
                new ClockFault());
    }

    /// Of several gateways on one Redis.
    static List<Fault> ofACluster() {
        return List.of(
                new GatewayKillFault(),
                new GatewayPauseFault(),
                new GatewayPartitionFault(),
                new PrimaryKillFault(),
                new UnconfirmedFault(),
                new ReplicaFault(),
                new PartitionFault(),
                new RedisMemoryFault(),
                new EverythingFault());
    }

    static List<Fault> all() {
        return Stream.concat(alone().stream(), ofACluster().stream()).toList();
    }
}
