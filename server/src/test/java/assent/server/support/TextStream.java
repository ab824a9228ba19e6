package assent.server.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Texts from Anna to Ben, numbered, without end, whatever becomes of the gateway.
public final class TextStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int UNRESOLVED_MAX = 40;

    private final Correspondent anna;
    private final Correspondent ben;
    private final ExecutorService driver = Executors.newSingleThreadExecutor();
    private final Future<Integer> sent;
    private volatile boolean stopped;

    public TextStream(Correspondent anna, Correspondent ben) {
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
    public void awaitProgress() {
        int before = anna.outcomes().size();
        await().atMost(PATIENCE).until(() -> anna.outcomes().size() >= before + 200);
    }

    /// Ends the stream, and waits until everything has arrived: in order, each once.
    public void assertNothingLost() throws Exception {
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
                .isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    @Override
    public void close() {
        stopped = true;
        driver.shutdownNow();
    }
}
