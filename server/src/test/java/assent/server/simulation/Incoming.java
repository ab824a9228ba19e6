package assent.server.simulation;

import assent.protocol.GatewayFrame.Deliver;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// The receiving half of a phone, whatever connections it has: makes texts safe, one after the other,
/// and shows each once. Confined to one thread.
final class Incoming {
    private static final Duration MAKING_SAFE_MAX = Duration.ofMillis(15);

    private final Simulation world;
    private final VirtualPhone phone;
    /// What is safe on the phone, which survives everything here.
    private final Set<Text.Name> remembered = new HashSet<>();
    private boolean remembers = true;
    private boolean patient = true;
    private long lastSafeNanos;

    Incoming(Simulation world, VirtualPhone phone) {
        this.world = world;
        this.phone = phone;
    }

    /// From now on it knows nothing again: for tests that have to find texts shown twice.
    void forgets() {
        remembers = false;
    }

    /// From now on it acknowledges before a text is safe: for tests that have to find a gateway that was
    /// lied to.
    void acknowledgesAtOnce() {
        patient = false;
    }

    boolean acknowledgesInTime() {
        return patient;
    }

    void received(Deliver deliver, Runnable isSafe) {
        lastSafeNanos = Math.max(
                lastSafeNanos,
                world.time().nanos() + world.dice().upTo(MAKING_SAFE_MAX).toNanos());
        world.time().at(lastSafeNanos, () -> {
            show(deliver);
            isSafe.run();
        });
    }

    private void show(Deliver deliver) {
        Text text = world.promises().text(deliver.from(), deliver.messageId());
        if (remembered.add(text.name()) || !remembers) {
            world.journal().note(phone + " shows " + text);
            world.promises().shown(text, phone.number(), deliver.body());
        } else {
            world.journal().count("delivered again, not shown again");
        }
    }
}
