package assent.sim.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Sends texts back and forth between two phones while one or the other is away at times, and the
/// gateway perhaps killed.
///
/// Text number i of the file goes in direction i modulo 2. Thread-safe.
final class Exchange {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final List<Direction> directions;
    private final TextFile.Source texts;
    private final DemoLimits limits;
    private final Consumer<Tally> progress;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /// @param progress told every [#LOOK_EVERY]
    Exchange(
            DemoPhone first,
            DemoPhone second,
            TextFile.Source texts,
            long count,
            DemoLimits limits,
            Consumer<Tally> progress) {
        this.directions = List.of(
                new Direction(first, second, (count + 1) / 2, limits), new Direction(second, first, count / 2, limits));
        this.texts = texts;
        this.limits = limits;
        this.progress = progress;
        directions.forEach(direction -> direction.to().showOn(direction::shown));
    }

    /// Something that goes on beside the exchange. May block; interrupted when the exchange ends.
    @FunctionalInterface
    interface Disturbance {
        void run(Exchange exchange) throws InterruptedException;
    }

    List<Direction> directions() {
        return directions;
    }

    Tally tally() {
        return directions.getFirst().tally().plus(directions.getLast().tally());
    }

    /// Some of the texts, for a search.
    List<String> canaries() {
        return directions.stream()
                .flatMap(direction -> direction.canaries().stream())
                .toList();
    }

    Histogram latenciesMicros() {
        Histogram all = Direction.noLatencies();
        directions.forEach(direction -> direction.addLatenciesTo(all));
        return all;
    }

    /// Blocks until every text was shown and every disturbance is over.
    ///
    /// @throws DemoFailure if nothing moves any more, or a phone or a disturbance fails
    void run(List<Disturbance> disturbances) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < directions.size(); i++) {
            int which = i;
            threads.add(start("direction-" + i, () -> send(which)));
        }
        for (Disturbance disturbance : disturbances) {
            threads.add(start("disturbance", () -> disturbance.run(this)));
        }
        try {
            awaitEnd(threads);
            lookOnceMore();
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    private void send(int which) throws InterruptedException {
        try (var file = new TextFile(texts)) {
            for (int i = 0; i < which; i++) {
                file.next();
            }
            directions.get(which).sendAll(() -> {
                String text = file.next();
                file.next(); // belongs to the other direction
                return text;
            });
        } catch (IOException e) {
            throw new DemoFailure(texts.name() + " cannot be read: " + e, e);
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Thread start(String name, Work work) {
        return Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                // The exchange is over.
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            }
        });
    }

    private void awaitEnd(List<Thread> threads) throws InterruptedException {
        long movedAt = System.nanoTime();
        long movesBefore = -1;
        while (!(directions.stream().allMatch(Direction::isDone)
                && threads.stream().noneMatch(Thread::isAlive))) {
            Thread.sleep(LOOK_EVERY);
            Throwable failed = failure.get();
            if (failed instanceof DemoFailure demoFailure) {
                throw demoFailure;
            } else if (failed != null) {
                throw new DemoFailure("the demo failed: " + failed, failed);
            }
            directions.forEach(direction -> direction.to().requireWilling());
            Tally now = tally();
            progress.accept(now);
            long moves = now.sent + now.delivered + now.duplicates;
            if (moves != movesBefore) {
                movesBefore = moves;
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > limits.stallMax().toNanos()) {
                throw new DemoFailure(
                        "nothing has moved for " + limits.stallMax().toSeconds() + " s: " + now.delivered + " of "
                                + now.sent + " texts that were sent have arrived");
            }
        }
    }

    /// Both phones sign in once more: whatever the gateway still holds comes now, as one too many.
    private void lookOnceMore() throws InterruptedException {
        for (Direction direction : directions) {
            direction.to().leave();
        }
        for (Direction direction : directions) {
            direction.to().comeBack();
        }
        long end = System.nanoTime() + limits.stallMax().toNanos();
        while (directions.stream().anyMatch(direction -> direction.to().connection() == DemoPhone.AWAY)) {
            if (System.nanoTime() > end) {
                throw new DemoFailure("a phone could not sign in again after the last text");
            }
            Thread.sleep(LOOK_EVERY);
        }
        Thread.sleep(limits.settle());
    }
}
