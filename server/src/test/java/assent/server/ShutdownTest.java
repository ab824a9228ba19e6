package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.server.support.Correspondent;
import assent.server.support.GatewayProcess;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gateway stops, or is killed, in the middle of a stream of texts: whatever a sender was told
/// has been kept.
class ShutdownTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int UNRESOLVED_MAX = 40;
    private static final int KILLS = 5;

    @TempDir
    Path folder;

    @Test
    void devicesAreToldWhenToComeBackAndTheStopIsInTime() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, Map.of("listen.shutdown-timeout", "4s"));
                RawPhone live = gateway.phone();
                RawPhone greeted = gateway.phone();
                RawPhone approved = gateway.phone()) {
            live.activate();
            approved.approve();
            long before = System.nanoTime();

            gateway.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            for (RawPhone phone : new RawPhone[] {live, greeted, approved}) {
                var goodbye = phone.peer().skipTo(GatewayFrame.Goodbye.class);
                assertThat(goodbye.reason()).isEqualTo(Reason.SHUTTING_DOWN);
                assertThat(goodbye.retryAfter()).isPresent();
                assertThat(phone.peer().next()).isEmpty();
            }
        }
    }

    @Test
    void aStopInTheMiddleOfTextsLosesNothingThatWasAnswered() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, Map.of("session.grace", "5ms"));
                var anna = new Correspondent(activated(gateway.phone()), new Random(1));
                var ben = new Correspondent(activated(gateway.phone()), new Random(2));
                var stream = new Stream(anna, ben)) {
            ben.acknowledgeOneIn(3);
            for (int i = 0; i < 3; i++) {
                stream.awaitProgress();
                gateway.stop();
                gateway.startAgain();
                anna.takeOver();
                ben.takeOver();
            }
            stream.assertNothingLost();
            assertThat(ben.goodbyes()).contains(Reason.SHUTTING_DOWN);
        }
    }

    @Test
    void aProcessThatIsAskedToStopEndsWellWithinTenSeconds() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(folder);
                var anna = new Correspondent(activated(gateway.phone()), new Random(3));
                var ben = new Correspondent(activated(gateway.phone()), new Random(4));
                var stream = new Stream(anna, ben)) {
            stream.awaitProgress();
            long before = System.nanoTime();

            int code = gateway.terminate();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
            assertThat(code).isZero();
            gateway.startAgain();
            anna.takeOver();
            ben.takeOver();
            stream.assertNothingLost();
        }
    }

    @Test
    void aProcessThatIsKilledAgainAndAgainLosesNothingThatWasAnswered() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(folder);
                var anna = new Correspondent(activated(gateway.phone()), new Random(5));
                var ben = new Correspondent(activated(gateway.phone()), new Random(6));
                var stream = new Stream(anna, ben)) {
            var random = new Random(20261122);
            for (int i = 0; i < KILLS; i++) {
                ben.acknowledgeOneIn(1 + random.nextInt(5));
                stream.awaitProgress();
                gateway.kill();
                gateway.startAgain();
                anna.takeOver();
                ben.takeOver();
            }
            stream.assertNothingLost();
        }
    }

    private static RawPhone activated(RawPhone phone) {
        phone.activate();
        return phone;
    }

    /// Texts from Anna to Ben, numbered, without end, whatever becomes of the gateway.
    private static final class Stream implements AutoCloseable {
        private final Correspondent anna;
        private final Correspondent ben;
        private final ExecutorService driver = Executors.newSingleThreadExecutor();
        private final Future<Integer> sent;
        private volatile boolean stopped;

        Stream(Correspondent anna, Correspondent ben) {
            this.anna = anna;
            this.ben = ben;
            this.sent = driver.submit(this::send);
        }

        private int send() {
            int next = 0;
            while (!stopped) {
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(PATIENCE)
                        .until(() -> stopped || anna.unresolved() < UNRESOLVED_MAX);
                anna.text(ben.number(), Integer.toString(next++));
            }
            return next;
        }

        /// Waits until a few hundred more have a result.
        void awaitProgress() {
            int before = anna.outcomes().size();
            await().atMost(PATIENCE).until(() -> anna.outcomes().size() >= before + 200);
        }

        void assertNothingLost() throws Exception {
            stopped = true;
            int count = sent.get();
            ben.acknowledgeOneIn(1);
            anna.takeOver();
            ben.takeOver();
            await().atMost(PATIENCE).until(() -> anna.unresolved() == 0);
            await().atMost(PATIENCE)
                    .until(() -> ben.received().size() >= anna.outcomes().size());
            assertThat(anna.wrongs()).isEmpty();
            assertThat(ben.textsFrom(anna.number()))
                    .isEqualTo(IntStream.range(0, count)
                            .mapToObj(Integer::toString)
                            .toList());
        }

        @Override
        public void close() {
            stopped = true;
            driver.shutdownNow();
        }
    }
}
