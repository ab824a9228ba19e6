package assent.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.GatewayFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

final class GraceTimerTest {
    private static final Duration GRACE = Duration.ofMillis(10);

    private final LateLoop loop = new LateLoop();
    private int timesOver;
    private final GraceTimer timer = new GraceTimer(loop, () -> timesOver++);

    /// An event loop that runs what was scheduled when the test says so, however late that is.
    private static final class LateLoop implements Link {
        private final Queue<Runnable> scheduled = new ArrayDeque<>();
        private long nanos;

        void runNext(Duration late) {
            nanos += late.toNanos();
            scheduled.remove().run();
        }

        @Override
        public Future<?> schedule(Duration delay, Runnable task) {
            nanos += delay.toNanos(); // nothing else happens until then
            scheduled.add(task);
            return new CompletableFuture<>();
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public ScheduledExecutorService executor() {
            throw new UnsupportedOperationException("nothing is executed here");
        }

        @Override
        public boolean isOnLoop() {
            return true;
        }

        @Override
        public void send(GatewayFrame frame) {
            throw new UnsupportedOperationException("nothing is sent here");
        }

        @Override
        public boolean isWritable() {
            return true;
        }
    }

    @Test
    void aTimerThatIsInTimeEndsTheGrace() {
        timer.start(GRACE);
        loop.runNext(Duration.ofMillis(1));

        assertThat(timesOver).isEqualTo(1);
    }

    @Test
    void aLoopThatComesLateReadsOnceMoreBeforeTheGraceIsOver() {
        timer.start(GRACE);
        loop.runNext(Duration.ofMillis(30));

        assertThat(timesOver).isZero();

        loop.runNext(Duration.ZERO);

        assertThat(timesOver).isEqualTo(1);
    }

    @Test
    void aLoopThatStaysLateIsNotWaitedForTwice() {
        timer.start(GRACE);
        loop.runNext(Duration.ofMillis(30));
        loop.runNext(Duration.ofMillis(30));

        assertThat(timesOver).isEqualTo(1);
    }

    @Test
    void theNextGraceIsWaitedForAsTheFirst() {
        timer.start(GRACE);
        loop.runNext(Duration.ofMillis(30));
        loop.runNext(Duration.ZERO);
        timer.start(GRACE);
        loop.runNext(Duration.ofMillis(30));

        assertThat(timesOver).isEqualTo(1);
    }
}
