package assent.server.simulation;

import assent.protocol.DeviceFrame;
import assent.protocol.Reason;
import assent.server.delivery.Insides;
import assent.server.delivery.Presence;
import assent.server.session.LiveSessions;
import assent.server.session.SessionServices;
import assent.server.store.CommitLimits;
import assent.server.store.SteppedCommitter;
import assent.server.store.Write;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One life of the gateway, from its start to its death: the real sessions, courier and committer on
/// virtual loops. Confined to one thread.
final class SimulatedGateway {
    private static final Duration WAKE_UP_MAX = Duration.ofNanos(100_000);
    private static final Duration TASK_WAIT_MAX = Duration.ofNanos(200_000);
    private static final Duration READ_MAX = Duration.ofMillis(3);
    private static final Duration GIVING_UP_MAX = Duration.ofSeconds(1);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);

    private final Simulation world;
    private final MemoryStore kept;
    private final WatchedStore store;
    private final SteppedCommitter committer;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final VirtualLoop storeThreads;
    private final List<VirtualLoop> loops = new ArrayList<>();
    private final List<Wire> wires = new ArrayList<>();
    private final LiveSessions live;
    private final SessionServices services;
    private boolean committing;
    private boolean dead;

    SimulatedGateway(Simulation world, MemoryStore kept) {
        this.world = world;
        this.kept = kept;
        this.store = new WatchedStore(kept, world.promises(), world.journal());
        var limits = world.weather().limits();
        this.committer = new SteppedCommitter(store, new CommitLimits(limits.queueMax(), limits.batchMax()), meters);
        this.storeThreads = new VirtualLoop(world.time(), world.dice(), READ_MAX, false);
        for (int i = 0; i < limits.loops(); i++) {
            loops.add(new VirtualLoop(world.time(), world.dice(), TASK_WAIT_MAX, true));
        }
        this.live = new LiveSessions(kept.generation());
        this.services = GatewayParts.services(
                limits,
                committer.committer(),
                SteppedCommitter.reads(store, storeThreads, meters),
                store,
                live,
                world.time(),
                meters);
        world.time().after(SWEEP_EVERY, this::sweep);
    }

    Wire accept(VirtualPhone phone) {
        var wire = new Wire(world, this, phone, world.dice().oneOf(loops), services);
        wires.removeIf(Wire::isOver);
        wires.add(wire);
        return wire;
    }

    WatchedStore store() {
        return store;
    }

    /// What the mailbox knows of a text.
    Optional<?> known(Text text) {
        return kept.state(text.to, text.fromDevice, text.id, world.time().instant());
    }

    private void sweep() {
        if (!dead) {
            committer.committer().submit(new Write.Sweep(world.time().instant(), 20), loops.getFirst(), ignored -> {});
            world.time().after(SWEEP_EVERY, this::sweep);
        }
    }

    /// Something may have been handed to the committer: its thread wakes up.
    void rouse() {
        if (!dead && !committing && committer.waiting() > 0) {
            committing = true;
            world.time().after(world.dice().upTo(WAKE_UP_MAX), this::gather);
        }
    }

    private void gather() {
        if (!dead) {
            committer.gather();
            world.time().after(world.syncTime(), this::commit);
        }
    }

    private void commit() {
        if (!dead) {
            committer.commit();
            committing = false;
            if (committer.hasFailed()) {
                world.journal().note("the gateway sees that nothing is kept any more");
                world.time().after(world.dice().upTo(GIVING_UP_MAX), () -> world.crash(this));
            }
        }
    }

    /// Dies at once. What the committer had in hand is durable, or not.
    void crash() {
        if (!dead && !committer.inHand().isEmpty() && world.dice().oneIn(2)) {
            world.journal().count("crash after the sync");
            try {
                store.apply(committer.inHand());
            } catch (assent.server.store.StoreException e) {
                world.journal().count("crash after a failed sync");
            }
        }
        die();
    }

    /// Says goodbye, writes what it has, and ends.
    void stop(Runnable then) {
        wires.forEach(wire -> wire.goodbye(Reason.SHUTTING_DOWN));
        world.time().after(Duration.ofMillis(500), () -> finish(then));
    }

    private void finish(Runnable then) {
        if (committing || committer.waiting() > 0) {
            world.time().after(Duration.ofMillis(100), () -> finish(then));
        } else if (!dead) {
            die();
            then.run();
        }
    }

    private void die() {
        dead = true;
        loops.forEach(VirtualLoop::kill);
        storeThreads.kill();
        wires.forEach(Wire::gatewayDied);
        world.promises().gatewayDied(refusals() > 0);
        count("assent.messages.delivered.unstored");
        count("assent.messages.stored");
    }

    boolean isDead() {
        return dead;
    }

    private double refusals() {
        return meters.get("assent.commit.refusals").counter().count();
    }

    private void count(String counter) {
        world.journal().count(counter, (long) meters.get(counter).counter().count());
    }

    // ------------------------------------------------------------------ a look inside

    private Optional<Presence.Endpoint> endsOf(Wire wire, VirtualPhone phone) {
        return live.find(phone.number()).filter(ends -> Insides.isOf(ends, wire));
    }

    /// A frame is about to be taken: which states does it meet?
    void about(Wire wire, VirtualPhone phone, DeviceFrame frame) {
        if (frame instanceof DeviceFrame.Acknowledge(var through)) {
            endsOf(wire, phone)
                    .ifPresent(ends -> Insides.upTo(ends, through)
                            .forEach(state -> world.journal().count("acknowledged in " + state)));
        }
    }

    /// A connection is about to end.
    void ends(Wire wire, VirtualPhone phone) {
        endsOf(wire, phone)
                .ifPresent(ends ->
                        Insides.inFlight(ends).forEach(state -> world.journal().count("connection ended in " + state)));
    }

    /// What is left although all is settled, in words; nothing if nothing is.
    List<String> leftovers() {
        var left = new ArrayList<String>();
        for (VirtualPhone phone : world.phones()) {
            live.find(phone.number())
                    .map(Insides::held)
                    .filter(held -> !held.isEmpty())
                    .ifPresent(held -> left.add(phone + ": " + held));
            int waiting = kept.waiting(phone.deviceId());
            if (waiting > 0) {
                left.add(phone + ": " + waiting + " in the mailbox");
            }
        }
        if (live.size() != world.phones().size()) {
            left.add(live.size() + " live sessions of " + world.phones().size() + " phones");
        }
        if (committer.waiting() > 0) {
            left.add(committer.waiting() + " writes in the committer's queue");
        }
        return left;
    }
}
