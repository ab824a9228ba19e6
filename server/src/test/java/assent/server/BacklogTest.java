package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.Body;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.protocol.consent.SignInProof;
import assent.server.store.Store;
import assent.server.store.Write;
import assent.server.support.AnnaAndBen;
import assent.server.support.Peer;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Phones that sign in to thousands of waiting texts: everything comes, in order, in bounded memory, and
/// others hardly notice.
@Isolated("measures the process's memory, and how long others wait")
class BacklogTest {
    private static final int FILL_BATCH = 1_000;
    private static final int ACKNOWLEDGE_EVERY = 32;
    private static final long MEMORY_MAX = 48L << 20;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"1, 10000, 1", "20, 2000, 10"})
    void waitingTextsComeInOrderAndStallNobodyElse(int phones, int texts, int othersWaitMaxSeconds) throws Exception {
        try (TestGateway gateway = TestGateway.start(folder);
                ExecutorService readers = Executors.newCachedThreadPool()) {
            List<RawPhone> away = activated(gateway, phones);
            gateway.awaitNobody();
            gateway.stop();
            fill(gateway, away, texts);
            gateway.startAgain();
            var others = AnnaAndBen.connected(gateway);
            try (RawPhone anna = others.anna();
                    RawPhone ben = others.ben()) {
                long memoryBefore = directMemory();
                List<Future<List<String>>> drained = new ArrayList<>();
                for (RawPhone phone : away) {
                    drained.add(readers.submit(() -> drain(phone, texts)));
                }
                long memoryMost = 0;
                List<Long> waits = new ArrayList<>();
                while (!drained.stream().allMatch(Future::isDone)) {
                    waits.add(oneText(anna, ben));
                    memoryMost = Math.max(memoryMost, directMemory() - memoryBefore);
                }
                for (Future<List<String>> received : drained) {
                    assertThat(received.get()).isEqualTo(numbered(texts));
                }
                // When twenty phones sign in at once, they and their handshakes share the machine with the gateway.
                Duration othersWaitMax = Duration.ofSeconds(othersWaitMaxSeconds);
                assertThat(percentile(waits, 50)).isLessThan(othersWaitMax.dividedBy(4));
                assertThat(percentile(waits, 99)).isLessThan(othersWaitMax);
                assertThat(memoryMost).isLessThan(MEMORY_MAX);
            }
            for (RawPhone phone : away) {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> phone.comeBack().hasNothingMore()); // the removals may be on their way
                phone.close();
            }
        }
    }

    @Test
    void aPhoneThatSignsInAndReadsNothingIsNotReadForAndFindsEverythingLater() throws Exception {
        int texts = 10_000;
        try (TestGateway gateway = TestGateway.start(
                folder, Map.of("session.write-stall-timeout", "1s", "session.deliveries-in-flight-max", "20000"))) {
            RawPhone ben = activated(gateway, 1).getFirst();
            gateway.awaitNobody();
            gateway.stop();
            fill(gateway, List.of(ben), texts);
            gateway.startAgain();
            long memoryBefore = directMemory();
            long memoryMost = 0;
            try (Peer deaf =
                    Peer.connect(gateway.address(), gateway.gateway().identity().certificate(), 4_096)) {
                var nonce = deaf.hello().serverNonce();
                deaf.send(new DeviceFrame.SignIn(
                        ben.deviceId(), ben.key.sign(SignInProof.bytesToSign(nonce, deaf.channelBinding()))));
                while (gateway.goodbyes(Reason.TOO_SLOW) == 0) {
                    memoryMost = Math.max(memoryMost, directMemory() - memoryBefore);
                    await().pollDelay(Duration.ofMillis(5)).until(() -> true);
                }
            }
            assertThat(memoryMost).isLessThan(MEMORY_MAX / 8);
            assertThat(drain(ben, texts)).isEqualTo(numbered(texts));
            ben.close();
        }
    }

    private static List<RawPhone> activated(TestGateway gateway, int count) {
        List<RawPhone> phones = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawPhone phone = gateway.phone();
            phone.activate();
            phones.add(phone.goAway());
        }
        return phones;
    }

    /// Straight into the store, as if others had written while the phones were away.
    private static void fill(TestGateway gateway, List<RawPhone> phones, int texts) throws Exception {
        try (Store store = gateway.openStore()) {
            Instant now = Instant.now();
            DeviceId sender = DeviceId.random();
            PhoneNumber from = gateway.newNumber();
            for (RawPhone phone : phones) {
                List<Write<?>> batch = new ArrayList<>();
                for (int i = 0; i < texts; i++) {
                    batch.add(new Write.Append(
                            phone.number,
                            Optional.empty(),
                            MessageId.random(),
                            from,
                            sender,
                            Body.text(Integer.toString(i)),
                            now,
                            now.plus(Duration.ofDays(1))));
                    if (batch.size() == FILL_BATCH || i == texts - 1) {
                        assertThat(store.apply(batch)).hasOnlyElementsOfType(Write.Appended.class);
                        batch.clear();
                    }
                }
            }
        }
    }

    private static List<String> drain(RawPhone phone, int texts) {
        phone.comeBack();
        List<String> received = new ArrayList<>();
        while (received.size() < texts) {
            GatewayFrame.Deliver delivery = phone.delivery();
            received.add(delivery.body().toUtf8());
            if (received.size() % ACKNOWLEDGE_EVERY == 0 || received.size() == texts) {
                phone.acknowledge(delivery.deliveryNumber());
            }
        }
        phone.hasNothingMore();
        return received;
    }

    /// The time from sending to the result.
    private static long oneText(RawPhone anna, RawPhone ben) {
        long started = System.nanoTime();
        MessageId id = anna.text(ben.number, "in the meantime");
        GatewayFrame.Deliver delivery = ben.delivery();
        assertThat(delivery.messageId()).isEqualTo(id);
        ben.acknowledge(delivery.deliveryNumber());
        assertThat(anna.result().outcome()).isIn(Outcome.DELIVERED, Outcome.QUEUED);
        return System.nanoTime() - started;
    }

    private static Duration percentile(List<Long> waits, int percent) {
        assertThat(waits).isNotEmpty();
        return Duration.ofNanos(waits.stream().sorted().toList().get((waits.size() - 1) * percent / 100));
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
