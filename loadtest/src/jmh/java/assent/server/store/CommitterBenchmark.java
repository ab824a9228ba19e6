package assent.server.store;

import assent.protocol.Body;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.store.rocks.RocksConfig;
import assent.server.store.rocks.RocksStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Texts made durable in RocksDB, in a temporary folder: the time until the answer. They are for a number
/// that is not activated, which is sealed, logged and synced as for one that is, and leaves the store as
/// small as it was.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CommitterBenchmark {
    private static final int TOGETHER = 500;
    private static final PhoneNumber TO = PhoneNumber.parse("+447700900123");
    private static final PhoneNumber FROM = PhoneNumber.parse("+447700900124");

    private final DeviceId sender = DeviceId.random();
    private final Body body = Body.text("x".repeat(80));
    private Path folder;
    private Store store;
    private Committer committer;

    @Setup
    public void open() throws IOException, StoreException {
        folder = Files.createTempDirectory("assent-benchmark");
        store = RocksStore.open(folder.resolve("store"), Keys.ephemeral(), RocksConfig.DEFAULTS);
        committer = new Committer(store, CommitLimits.DEFAULTS, new SimpleMeterRegistry());
    }

    private void submit(CountDownLatch answered) {
        Instant now = Instant.now();
        committer.submit(
                new Write.Append(TO, Optional.empty(), MessageId.random(), FROM, sender, body, now, now.plusSeconds(60)),
                Runnable::run,
                _ -> answered.countDown());
    }

    /// Each waits for its own sync.
    @Benchmark
    public void oneAtATime() throws InterruptedException {
        var answered = new CountDownLatch(1);
        submit(answered);
        answered.await();
    }

    /// They share syncs, as far as the committer lets them; time for each.
    @Benchmark
    @OperationsPerInvocation(TOGETHER)
    public void manyTogether() throws InterruptedException {
        var answered = new CountDownLatch(TOGETHER);
        for (int i = 0; i < TOGETHER; i++) {
            submit(answered);
        }
        answered.await();
    }

    @TearDown
    public void close() throws IOException {
        committer.close();
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
