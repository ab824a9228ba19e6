package assent.server.delivery;

import assent.protocol.GatewayFrame;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Pushes to one device, and gives what it has pushed a grace in which to be acknowledged. Confined to
/// the link's event loop.
final class Pushes {
    private final Link link;
    private final BooleanSupplier mayReceive;
    private final Consumer<Delivery> store;
    private final Window window;
    private final Grace grace;
    private final GraceTimer graceTimer;
    private final MessageMeters meters;

    /// @param mayReceive asked before every push
    /// @param store takes what is to be stored, oldest first
    Pushes(Link link, Courier courier, BooleanSupplier mayReceive, Consumer<Delivery> store) {
        this.link = link;
        this.mayReceive = mayReceive;
        this.store = store;
        this.meters = courier.meters();
        var limits = courier.limits();
        this.window = new Window(limits.deliveriesInFlightMax(), limits.deliveryBytesInFlightMax());
        this.grace = new Grace(limits.grace());
        this.graceTimer = new GraceTimer(link, this::graceOver);
    }

    Window window() {
        return window;
    }

    boolean hasRoom() {
        return window.hasRoom() && takesAny();
    }

    /// How many messages there is room for.
    int room() {
        return takesAny() ? window.room() : 0;
    }

    private boolean takesAny() {
        return link.isWritable() && mayReceive.getAsBoolean();
    }

    /// Pushes what is in no store; it is stored if the grace goes by without its acknowledgement.
    void push(Delivery delivery) {
        send(delivery);
        startGrace();
    }

    /// Pushes what was read from the mailbox.
    void pushStored(Delivery delivery) {
        send(delivery);
        backlogged();
    }

    private void send(Delivery delivery) {
        delivery.pushedAt(link.nanoTime());
        link.send(new GatewayFrame.Deliver(
                window.add(delivery), delivery.messageId, delivery.from, delivery.body, delivery.acceptedAt));
    }

    /// Gives a delivery that could not be stored another grace: somebody asks for its result.
    void tryAgain(Delivery delivery) {
        if (window.tryAgain(delivery)) {
            startGrace();
        }
    }

    /// What is in the window waits behind a backlog: its times say nothing of the link.
    void backlogged() {
        grace.disturbed(window.lastNumber());
    }

    /// Stores everything that is in no store, without waiting for the grace.
    void storeAll() {
        window.storePushed(any -> true, store);
    }

    /// Takes out everything up to number `through`, oldest first.
    void acknowledge(long through, Consumer<Delivery> each) {
        var oldest = window.oldest();
        long now = link.nanoTime();
        window.acknowledge(through, delivery -> {
            meters.acknowledged(delivery.nanosSincePush(now));
            each.accept(delivery);
        });
        oldest.filter(Delivery::isAcknowledged)
                .ifPresent(first -> grace.acknowledged(through, first.pushedAtNanos(), now));
    }

    private void startGrace() {
        graceTimer.start(graceNow());
    }

    private void graceOver() {
        long given = graceNow().toNanos();
        long now = link.nanoTime();
        var left = new long[1];
        window.storePushed(
                delivery -> {
                    left[0] = given - delivery.nanosSincePush(now);
                    return left[0] <= 0;
                },
                store);
        if (window.hasPushed()) { // those of the next quarter go together
            graceTimer.start(Duration.ofNanos(Math.max(left[0], given / 4)));
        }
    }

    private Duration graceNow() {
        long now = link.nanoTime();
        return grace.given(
                window.oldest().map(delivery -> delivery.nanosSincePush(now)).orElse(0L));
    }
}
