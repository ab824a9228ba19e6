package assent.server.store;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.activate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Questions are asked on the store's threads and answered where the asker wants.
class StoreReadsTest {
    private final ConcurrentLinkedQueue<Answer<?>> answers = new ConcurrentLinkedQueue<>();

    @Test
    void aReadIsAnsweredWithWhatTheStoreKeeps() throws StoreException {
        try (var stores = TestStores.open();
                var reads = new StoreReads(stores.store(), 2, 10, new SimpleMeterRegistry())) {
            Activation activation = activate(stores.store(), ANNA);

            reads.read(store -> store.activation(activation.deviceId()), Runnable::run, answers::add);

            await().untilAsserted(() ->
                    assertThat(List.copyOf(answers)).isEqualTo(List.of(new Answer.Value<>(Optional.of(activation)))));
        }
    }

    @Test
    void aStoreThatFailsOrBreaksIsUnavailable() {
        try (var reads = new StoreReads(NoStore.INSTANCE, 1, 10, new SimpleMeterRegistry())) {
            reads.read(store -> store.consent(Fixtures.consent().id()), Runnable::run, answers::add);
            reads.read(
                    _ -> {
                        throw new IllegalStateException("broken on purpose");
                    },
                    Runnable::run,
                    answers::add);

            await().untilAsserted(() -> assertThat(answers)
                    .hasSize(2)
                    .allSatisfy(answer -> assertThat(answer).isInstanceOf(Answer.Unavailable.class)));
        }
    }

    @Test
    void tooManyReadsAreRefused() {
        var gate = new CountDownLatch(1);
        try (var reads = new StoreReads(NoStore.INSTANCE, 1, 1, new SimpleMeterRegistry())) {
            Read<String> waiting = _ -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "waited";
            };

            reads.read(waiting, Runnable::run, answers::add);
            reads.read(waiting, Runnable::run, answers::add);
            reads.read(waiting, Runnable::run, answers::add);

            assertThat(answers).hasSize(1).first().isInstanceOf(Answer.Unavailable.class);
            gate.countDown();
            await().untilAsserted(() -> assertThat(answers).hasSize(3));
        }
    }
}
