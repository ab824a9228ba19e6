package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.support.Correspondent;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts keep their order, and none is lost, while phones come and go, take over from themselves,
/// acknowledge late or not at all, and send again what has no result.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextOrderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PHONES = 4;
    private static final int TEXTS_OF_EACH = 400;
    private static final int UNRESOLVED_MAX = 40;

    private TestGateway gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(
                folder,
                Map.of(
                        "session.grace", "5ms",
                        "session.deliveries-in-flight-max", "4"));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {20261122, 7})
    void textsArriveInOrderHoweverPhonesComeAndGo(long seed) throws Exception {
        List<Correspondent> phones = new ArrayList<>();
        for (int i = 0; i < PHONES; i++) {
            phones.add(correspondent(seed + i));
        }
        try (var drivers = Executors.newFixedThreadPool(PHONES)) {
            List<Future<?>> driven = new ArrayList<>();
            for (int i = 0; i < PHONES; i++) {
                Correspondent self = phones.get(i);
                var random = new Random(seed * 31 + i);
                driven.add(drivers.submit(() -> drive(self, phones, random)));
            }
            for (Future<?> done : driven) {
                done.get();
            }
        }
        settle(phones);
        for (Correspondent recipient : phones) {
            assertThat(recipient.wrongs()).as("seed %s", seed).isEmpty();
            for (Correspondent sender : phones) {
                List<String> texts = recipient.textsFrom(sender.number());
                assertThat(texts).as("seed %s", seed).isEqualTo(numbered(texts.size()));
            }
        }
        close(phones);
    }

    /// About one step in thirty ends or takes over a connection.
    private static void drive(Correspondent self, List<Correspondent> phones, Random random) {
        int[] next = new int[phones.size()];
        int sent = 0;
        while (sent < TEXTS_OF_EACH) {
            switch (random.nextInt(60)) {
                case 0 -> {
                    self.vanish();
                    self.takeOver();
                }
                case 1 -> self.takeOver();
                case 2 -> self.acknowledgeOneIn(1 + random.nextInt(6));
                case 3 -> await().atMost(PATIENCE).until(() -> self.unresolved() == 0);
                default -> {
                    await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> {
                        return self.unresolved() < UNRESOLVED_MAX;
                    });
                    int to = random.nextInt(phones.size());
                    self.text(phones.get(to).number(), Integer.toString(next[to]++));
                    sent++;
                }
            }
        }
    }

    /// Everybody comes back, acknowledges at once, and has heard of everything.
    private static void settle(List<Correspondent> phones) {
        for (Correspondent phone : phones) {
            phone.acknowledgeOneIn(1);
            phone.takeOver();
        }
        await().atMost(PATIENCE).until(() -> phones.stream().allMatch(phone -> phone.unresolved() == 0));
        await().atMost(PATIENCE)
                .until(() -> phones.stream()
                                .mapToInt(phone -> phone.received().size())
                                .sum()
                        == PHONES * TEXTS_OF_EACH);
    }

    @Test
    void twoHundredTakeoversInAStreamOfTextsLoseNothing() throws Exception {
        Correspondent anna = correspondent(1);
        Correspondent ben = correspondent(2);
        PhoneNumber to = ben.number();
        int texts = 2_000;
        try (var driver = Executors.newSingleThreadExecutor()) {
            Future<?> stream = driver.submit(() -> {
                for (int i = 0; i < texts; i++) {
                    await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> {
                        return anna.unresolved() < UNRESOLVED_MAX;
                    });
                    anna.text(to, Integer.toString(i));
                }
            });
            for (int i = 0; i < 200; i++) {
                ben.acknowledgeOneIn(1 + i % 3);
                ben.takeOver();
            }
            stream.get();
        }
        settleTwo(anna, ben, texts);

        assertThat(ben.textsFrom(anna.number())).isEqualTo(numbered(texts));
        assertThat(anna.wrongs()).isEmpty();
        await().atMost(PATIENCE).until(() -> ben.goodbyes().size() == 201);
        assertThat(ben.goodbyes()).containsOnly(Reason.SESSION_TAKEN_OVER);
        close(List.of(anna, ben));
    }

    private static void settleTwo(Correspondent anna, Correspondent ben, int texts) {
        ben.acknowledgeOneIn(1);
        ben.takeOver();
        await().atMost(PATIENCE).until(() -> anna.unresolved() == 0);
        await().atMost(PATIENCE).until(() -> ben.received().size() == texts);
    }

    private Correspondent correspondent(long seed) {
        RawPhone phone = gateway.phone();
        phone.activate();
        return new Correspondent(phone, new Random(seed));
    }

    private void close(List<Correspondent> phones) {
        for (Correspondent phone : phones) {
            phone.close();
        }
        gateway.awaitNobody();
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
