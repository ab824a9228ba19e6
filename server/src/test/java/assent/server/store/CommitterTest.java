package assent.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.DeviceId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Writes share durable steps, and everyone is answered once.
class CommitterTest {
    private static final DeviceId DEVICE = DeviceId.random();

    private final GatedStore store = new GatedStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Committer committer = new Committer(store, new CommitLimits(100, 10), meters);
    private final ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        store.gate.countDown();
        committer.close();
    }

    private void submit(int number, Executor replyOn) {
        submit(committer, number, replyOn);
    }

    private void submit(Committer to, int number, Executor replyOn) {
        to.submit(
                new Write.Remove(DEVICE, List.of((long) number)),
                replyOn,
                answer -> answers.add(
                        switch (answer) {
                            case Answer.Value<Write.Removed> ignored -> "kept " + number;
                            case Answer.Unavailable<Write.Removed> ignored -> "unavailable " + number;
                        }));
    }

    private static List<String> kept(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "kept " + i).toList();
    }

    @Test
    void writesThatArriveDuringAStepShareTheNext() throws InterruptedException {
        submit(0, Runnable::run);
        store.entered.take();
        for (int i = 1; i <= 25; i++) {
            submit(i, Runnable::run);
        }
        store.gate.countDown();

        await().untilAsserted(() -> assertThat(answers).containsExactlyElementsOf(kept(0, 26)));

        assertThat(store.batchSizes).containsExactly(1, 10, 10, 5);
        assertThat(meters.get("assent.commit.batch").summary().totalAmount()).isEqualTo(26);
        assertThat(meters.get("assent.commit.time").timer().count()).isEqualTo(4);
    }

    @Test
    void oneExecutorGetsAllItsRepliesOfAStepAsOneTask() throws InterruptedException {
        var tasks = new AtomicInteger();
        Executor loop = task -> {
            tasks.incrementAndGet();
            task.run();
        };
        submit(0, loop);
        store.entered.take();
        for (int i = 1; i <= 9; i++) {
            submit(i, i % 2 == 0 ? loop : Runnable::run);
        }
        store.gate.countDown();

        await().untilAsserted(() -> assertThat(answers).hasSize(10));

        assertThat(tasks).hasValue(2);
        assertThat(answers).containsSubsequence("kept 2", "kept 4", "kept 6", "kept 8");
        assertThat(answers).containsSubsequence("kept 1", "kept 3", "kept 5", "kept 7", "kept 9");
    }

    @Test
    void aFullQueueRefusesAtOnceAndOnTheCallersExecutor() throws InterruptedException {
        submit(0, Runnable::run);
        store.entered.take();
        for (int i = 1; i <= 100; i++) {
            submit(i, Runnable::run);
        }
        List<Runnable> tasks = new ArrayList<>();

        submit(101, tasks::add);

        assertThat(answers).isEmpty();
        tasks.forEach(Runnable::run);
        assertThat(answers).containsExactly("unavailable 101");
        assertThat(meters.get("assent.commit.refusals").counter().count()).isEqualTo(1);
        store.gate.countDown();
        await().untilAsserted(() -> assertThat(answers).hasSize(102));
    }

    @Test
    void aFailedStepIsAnsweredUnavailableAndTheNextIsTried() throws InterruptedException {
        store.failures.add(new StoreException("no space"));
        store.failures.add(new IllegalStateException("a bug"));
        store.failures.add(new AssertionError("a worse bug"));
        store.gate.countDown();

        for (int i = 0; i < 4; i++) {
            submit(i, Runnable::run);
            int answered = i + 1;
            await().untilAsserted(() -> assertThat(answers).hasSize(answered));
        }

        assertThat(answers).containsExactly("unavailable 0", "unavailable 1", "unavailable 2", "kept 3");
    }

    @Test
    void afterAFinalFailureNothingIsAcknowledgedAnyMore() throws InterruptedException {
        store.failures.add(StoreException.lasting("a failed sync", new java.io.IOException("EIO")));
        submit(0, Runnable::run);
        store.entered.take();
        submit(1, Runnable::run);
        store.gate.countDown();

        var failure = committer.failure().toCompletableFuture().join();
        await().untilAsserted(() -> assertThat(answers).hasSize(2));
        submit(2, Runnable::run);

        assertThat(failure).hasMessage("a failed sync");
        assertThat(answers).containsExactlyInAnyOrder("unavailable 0", "unavailable 1", "unavailable 2");
        assertThat(store.batchSizes).containsExactly(1);
    }

    @Test
    void aFailureThatPassesIsNoReasonToStop() throws InterruptedException {
        store.failures.add(new StoreException("no space"));
        store.gate.countDown();
        submit(0, Runnable::run);
        await().untilAsserted(() -> assertThat(answers).hasSize(1));
        submit(1, Runnable::run);
        await().untilAsserted(() -> assertThat(answers).containsExactly("unavailable 0", "kept 1"));

        assertThat(committer.failure().toCompletableFuture()).isNotDone();
    }

    @Test
    void aWriteThatTouchesSomethingDamagedFailsAlone() throws InterruptedException {
        submit(0, Runnable::run);
        store.entered.take();
        List<Integer> batch = List.of(1, 2, (int) GatedStore.DAMAGED, 3, 4, (int) GatedStore.POISON, 5, 6, 7, 8);
        batch.forEach(number -> submit(number, Runnable::run));
        store.gate.countDown();

        await().untilAsserted(() -> assertThat(answers).hasSize(11));

        assertThat(answers)
                .containsExactly(
                        "kept 0",
                        "kept 1",
                        "kept 2",
                        "unavailable 1000",
                        "kept 3",
                        "kept 4",
                        "unavailable 1001",
                        "kept 5",
                        "kept 6",
                        "kept 7",
                        "kept 8");
        assertThat(store.batchSizes).hasSizeLessThan(1 + 1 + 2 * 2 * 4);
        assertThat(meters.get("assent.commit.failures").counter().count()).isEqualTo(2);
        assertThat(committer.failure().toCompletableFuture()).isNotDone();
    }

    @Test
    void afterAFinalFailureInOneHalfTheOtherIsNotTried() throws InterruptedException {
        submit(0, Runnable::run);
        store.entered.take();
        for (long number : List.of(GatedStore.DAMAGED, 1L, 2L, 3L)) {
            submit((int) number, Runnable::run);
        }
        store.failures.add(new IllegalStateException("takes the first write with it"));
        store.failures.add(StoreException.lasting("a failed sync", new java.io.IOException("EIO")));
        store.gate.countDown();

        await().untilAsserted(() -> assertThat(answers).hasSize(5));

        assertThat(answers).allMatch(answer -> answer.startsWith("unavailable"));
        assertThat(committer.failure().toCompletableFuture()).isCompleted();
    }

    @Test
    void aFullDiskIsAnsweredAtOnceAndNotTriedInHalves() throws InterruptedException {
        submit(0, Runnable::run);
        store.entered.take();
        for (int i = 1; i <= 10; i++) {
            submit(i, Runnable::run);
        }
        store.failures.add(new StoreException("no space"));
        store.failures.add(new StoreException("no space"));
        store.gate.countDown();

        await().untilAsserted(() -> assertThat(answers).hasSize(11));

        assertThat(store.batchSizes).containsExactly(1, 10);
        assertThat(answers).allMatch(answer -> answer.startsWith("unavailable"));
    }

    @Test
    void aReceiverThatBreaksLeavesTheOthersTheirAnswers() throws InterruptedException {
        submit(0, Runnable::run);
        store.entered.take();
        committer.submit(new Write.Remove(DEVICE, List.of()), Runnable::run, _ -> {
            throw new IllegalStateException("broken on purpose");
        });
        submit(1, Runnable::run);
        store.gate.countDown();

        await().untilAsserted(() -> assertThat(answers).containsExactly("kept 0", "kept 1"));
    }

    @Test
    void closingFinishesWhatWasAccepted() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            submit(i, Runnable::run);
        }
        store.gate.countDown();

        committer.close(Duration.ofSeconds(10));

        assertThat(answers).containsExactlyElementsOf(kept(0, 50));
        submit(50, Runnable::run);
        assertThat(answers).contains("unavailable 50");
    }

    @Test
    void closingDoesNotWaitForAStoreThatHangs() throws InterruptedException {
        submit(0, Runnable::run);
        store.entered.take();
        submit(1, Runnable::run);

        committer.close(Duration.ofMillis(10));

        assertThat(answers).containsExactly("unavailable 1");
        store.gate.countDown();
        await().untilAsserted(() -> assertThat(answers).containsExactly("unavailable 1", "kept 0"));
    }

    @Test
    void everyoneIsAnsweredOnceWhenClosingRacesWithSubmitting() throws InterruptedException {
        store.gate.countDown();
        for (int round = 0; round < 200; round++) {
            answers.clear();
            var racing = new Committer(store, new CommitLimits(1_000, 10), new SimpleMeterRegistry());
            Thread submitter = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 300; i++) {
                    submit(racing, i, Runnable::run);
                }
            });
            racing.close(Duration.ofSeconds(10));
            submitter.join();

            assertThat(answers).hasSize(300);
        }
    }
}
