package assent.server.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// The deadlines of one session's messages that fall back, with one timer for all of them. Confined to
/// the session's event loop. It holds no more than the session may have in flight.
final class Deadlines {
    private static final Comparator<Deadline> SOONEST_FIRST = (one, other) -> {
        int byTime = Long.signum(one.atNanos - other.atNanos); // differences, since the ticker may wrap around
        return byTime != 0 ? byTime : Long.compare(one.order, other.order);
    };

    private final Link link;
    private final Consumer<Transit> due;
    private final TreeSet<Deadline> bySoonest = new TreeSet<>(SOONEST_FIRST);
    private final Map<Transit, Deadline> byTransit = new HashMap<>();
    private Optional<Timer> timer = Optional.empty();
    private long orders;

    /// @param order tells those of one time apart
    private record Deadline(long atNanos, long order, Transit transit) {}

    private record Timer(long atNanos, Future<?> task) {}

    /// @param due is given each message whose deadline is over, once for each [#put]
    Deadlines(Link link, Consumer<Transit> due) {
        this.link = link;
        this.due = due;
    }

    /// Sets the message's deadline, by [Link#nanoTime].
    void put(Transit transit, long atNanos) {
        remove(transit);
        var deadline = new Deadline(atNanos, orders++, transit);
        bySoonest.add(deadline);
        byTransit.put(transit, deadline);
        startTimer();
    }

    int size() {
        return byTransit.size();
    }

    /// Moves the message's deadline if it has one and the new one is sooner.
    void shorten(Transit transit, long atNanos) {
        Deadline now = byTransit.get(transit);
        if (now != null && atNanos - now.atNanos < 0) {
            put(transit, atNanos);
        }
    }

    void remove(Transit transit) {
        Deadline deadline = byTransit.remove(transit);
        if (deadline != null) {
            bySoonest.remove(deadline);
        }
    }

    /// A timer that runs for one that was removed is left to run: it finds nothing due, and is cheaper
    /// than one timer for each message.
    private void startTimer() {
        if (bySoonest.isEmpty()) {
            return;
        }
        long atNanos = bySoonest.first().atNanos;
        if (timer.isPresent()) {
            if (timer.get().atNanos - atNanos <= 0) {
                return;
            }
            timer.get().task.cancel(false);
        }
        long waitNanos = Math.max(0, atNanos - link.nanoTime());
        timer = Optional.of(new Timer(atNanos, link.schedule(Duration.ofNanos(waitNanos), this::timeIsOver)));
    }

    private void timeIsOver() {
        timer = Optional.empty();
        long now = link.nanoTime();
        List<Transit> over = new ArrayList<>();
        while (!bySoonest.isEmpty() && bySoonest.first().atNanos - now <= 0) {
            Deadline deadline = bySoonest.removeFirst();
            byTransit.remove(deadline.transit);
            over.add(deadline.transit);
        }
        startTimer();
        over.forEach(due);
    }

    /// Nothing is due any more.
    void close() {
        timer.ifPresent(running -> running.task.cancel(false));
        timer = Optional.empty();
        bySoonest.clear();
        byTransit.clear();
    }
}
