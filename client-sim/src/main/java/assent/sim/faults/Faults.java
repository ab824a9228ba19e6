package assent.sim.faults;

import java.util.List;

/// All faults, in the order in which they are run.
final class Faults {
    private Faults() {}

    static List<Fault> all() {
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
}
