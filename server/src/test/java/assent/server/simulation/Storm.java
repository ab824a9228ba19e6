package assent.server.simulation;

import java.time.Duration;

/// Lets things go wrong, one after the other, until it is over. Confined to one thread.
final class Storm {
    private final Simulation world;
    private boolean over;
    private boolean diskSlow;

    Storm(Simulation world) {
        this.world = world;
    }

    void begin() {
        if (!world.weather().faults().isEmpty()) {
            next();
        }
    }

    private void next() {
        world.time().after(world.dice().upTo(world.weather().faultEvery().multipliedBy(2)), () -> {
            if (!over) {
                strike(world.dice().oneOf(world.weather().faults()));
                next();
            }
        });
    }

    /// Nothing more goes wrong, and what went wrong ends.
    void end() {
        over = true;
        diskSlow = false;
        world.disk().trouble(Disk.Trouble.NONE);
        world.gateway().ifPresent(gateway -> gateway.store().readsFail(false));
        world.phones().forEach(VirtualPhone::come);
    }

    boolean isDiskSlow() {
        return diskSlow;
    }

    private void strike(Fault fault) {
        var dice = world.dice();
        VirtualPhone phone = dice.oneOf(world.phones());
        world.journal().note("fault " + fault.name() + " " + phone);
        world.journal().count("fault " + fault.name());
        switch (fault) {
            case CUT -> phone.wire().ifPresent(wire -> wire.reset(dice.oneIn(2), dice.oneIn(2)));
            case BLACKHOLE -> phone.wire().ifPresent(Wire::blackhole);
            case HOP -> phone.hop();
            case AWAY -> {
                phone.leave();
                world.time().after(dice.upTo(Duration.ofSeconds(6)), phone::come);
            }
            case STALL -> phone.wire().ifPresent(wire -> wire.stall(dice.upTo(Duration.ofSeconds(5))));
            case CRASH -> world.crash();
            case STOP -> world.stop();
            case DISK_FULL -> diskIsFull(dice.between(1, 5));
            case SYNC_FAILS -> syncFails();
            case DISK_SLOW -> {
                diskSlow = true;
                world.time().after(dice.upTo(Duration.ofSeconds(2)), () -> diskSlow = false);
            }
            case READS_FAIL ->
                world.gateway().ifPresent(gateway -> {
                    gateway.store().readsFail(true);
                    world.time()
                            .after(
                                    dice.upTo(Duration.ofSeconds(2)),
                                    () -> gateway.store().readsFail(false));
                });
        }
    }

    private void diskIsFull(int times) {
        if (!over && times > 0) {
            world.disk().trouble(Disk.Trouble.FULL);
            world.time().after(world.dice().upTo(Duration.ofMillis(100)), () -> diskIsFull(times - 1));
        }
    }

    private void syncFails() {
        world.disk()
                .trouble(world.dice().oneIn(2) ? Disk.Trouble.SYNC_FAILS_STEP_KEPT : Disk.Trouble.SYNC_FAILS_STEP_LOST);
    }
}
