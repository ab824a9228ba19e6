package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.device.DeviceNetwork;
import assent.device.SendOutcome;
import assent.device.SentMessage;
import assent.server.support.Phone;
import assent.server.support.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three gateways are stopped and started one after the other while phones with the device library write to each
/// other without a pause.
class RollingRestartTest {
    private static final int PHONES = 9;
    private static final int TEXTS_WITHOUT_RESULT_MAX = 20;

    @TempDir
    Path folder;

    @Test
    void nothingIsRefusedLostShownTwiceOrOutOfOrder() throws Exception {
        try (var cluster = TestCluster.start(
                        folder, 3, Map.of("session.drain.retry-after", "20ms", "session.drain.per-second", "100"));
                DeviceNetwork network = cluster.network()) {
            var phones = IntStream.range(0, PHONES)
                    .mapToObj(i -> cluster.phone(network, i % 3, (i + 1) % 3, (i + 2) % 3)
                            .activate())
                    .toList();
            var streams = IntStream.range(0, PHONES)
                    .mapToObj(i -> new Stream(phones.get(i), phones.get((i + 1) % PHONES), i))
                    .toList();
            streams.forEach(Stream::start);
            for (int i = 0; i < 3; i++) {
                streams.forEach(Stream::awaitProgress);
                cluster.node(i).stop();
                streams.forEach(Stream::awaitProgress);
                cluster.node(i).startAgain();
            }
            streams.forEach(Stream::awaitProgress);
            streams.forEach(Stream::finish);

            streams.forEach(Stream::assertEveryTextWasShownOnceInOrder);
            phones.forEach(Phone::close);
        }
    }

    /// One phone's texts to another.
    private static final class Stream {
        private final Phone from;
        private final Phone to;
        private final String name;
        private final List<SentMessage> sent = new ArrayList<>();
        private final AtomicInteger answered = new AtomicInteger();
        private final Thread thread = Thread.ofVirtual().unstarted(this::run);
        private volatile boolean ending;

        Stream(Phone from, Phone to, int index) {
            this.from = from;
            this.to = to;
            this.name = "stream " + index + " text ";
        }

        void start() {
            thread.start();
        }

        private void run() {
            while (!ending) {
                var text = from.send(to, name + sent.size());
                sent.add(text);
                text.outcome().thenRun(answered::incrementAndGet);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> sent.size() - answered.get() < TEXTS_WITHOUT_RESULT_MAX);
            }
        }

        void awaitProgress() {
            int before = answered.get();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answered.get() > before + 20);
        }

        void finish() {
            ending = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void assertEveryTextWasShownOnceInOrder() {
            assertThat(sent)
                    .allSatisfy(text -> assertThat(from.outcomeOf(text))
                            .isInstanceOfAny(SendOutcome.Delivered.class, SendOutcome.Queued.class));
            to.awaitShown(sent.size());
            assertThat(to.shown())
                    .containsExactlyElementsOf(IntStream.range(0, sent.size())
                            .mapToObj(i -> name + i)
                            .toList());
        }
    }
}
