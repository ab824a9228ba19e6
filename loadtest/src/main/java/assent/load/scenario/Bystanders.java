package assent.load.scenario;

import assent.load.conduct.Crew;
import assent.load.report.Measured;
import assent.load.work.Order;
import assent.load.work.Schedule;
import assent.load.work.Side;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Pairs that chat with each other at a fixed rate while something happens to everybody else. They have
/// workers of their own. Used from one thread.
final class Bystanders implements AutoCloseable {
    private static final long DRAIN_MILLIS = 30_000;

    private final Crew crew;
    private final double perSecond;

    private Bystanders(Crew crew, double perSecond) {
        this.crew = crew;
        this.perSecond = perSecond;
    }

    /// Connects them.
    ///
    /// @param perSecond texts of all together
    static Bystanders connect(Scene scene, Scene.Pairs pairs, double perSecond) {
        Crew crew = scene.crews().apply(pairs);
        crew.all(_ -> Scene.connectOrder(Side.ALL, Math.max(1, Chat.CONNECTS_AT_ONCE / crew.size()), false));
        return new Bystanders(crew, perSecond);
    }

    /// @param counts false: a warm-up
    Measured chat(Duration time, boolean counts) {
        return Measured.of(crew.all(_ -> new Order.Paced(
                Crew.FLEET,
                new Schedule(List.of(new Schedule.Step(perSecond / crew.size(), time.toMillis()))),
                Optional.empty(),
                counts,
                DRAIN_MILLIS,
                0)));
    }

    /// They chat until the work is done, and never again.
    ///
    /// @param atMost they chat no longer
    <R> During<R> chatDuring(Supplier<R> work, Duration atMost) {
        CompletableFuture<Measured> chats = CompletableFuture.supplyAsync(() -> chat(atMost, true));
        R result;
        try {
            result = work.get();
        } finally {
            crew.stop();
        }
        try {
            return new During<>(result, chats.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// @param result of the work
    /// @param chats what the bystanders noticed of it
    record During<R>(R result, Measured chats) {}

    @Override
    public void close() {
        crew.close();
    }
}
