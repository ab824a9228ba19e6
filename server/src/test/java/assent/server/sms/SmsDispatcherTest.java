package assent.server.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SmsDispatcherTest {
    private static final PhoneNumber PHONE = PhoneNumber.parse("+919810012345");
    private static final SmsText CODE = SmsText.of("042917");
    private static final Executor HERE = Runnable::run;

    private final HeldCarrier carrier = new HeldCarrier();
    private final List<Submission> replies = new CopyOnWriteArrayList<>();

    @Test
    void theCarriersWordComesBackOnTheSendersExecutor() throws Exception {
        carrier.answer.countDown();
        SmsDispatcher dispatcher = new SmsDispatcher(carrier, 4);
        List<String> threads = new CopyOnWriteArrayList<>();

        try (ExecutorService loop = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("loop").factory())) {
            dispatcher.send(PHONE, CODE, loop, reply -> {
                threads.add(Thread.currentThread().getName());
                replies.add(reply);
            });
            await().until(() -> replies.size() == 1);
        }

        assertThat(replies).containsExactly(new Submission.Accepted());
        assertThat(threads).containsExactly("loop");
        assertThat(carrier.onVirtualThread).isTrue();
    }

    @Test
    void beyondTheLimitASmsIsUnavailableAtOnceAndNothingIsQueued() {
        SmsDispatcher dispatcher = new SmsDispatcher(carrier, 2);
        dispatcher.send(PHONE, CODE, HERE, replies::add);
        dispatcher.send(PHONE, CODE, HERE, replies::add);

        dispatcher.send(PHONE, CODE, HERE, replies::add);

        assertThat(replies).containsExactly(new Submission.Unavailable(Submission.Why.TOO_MANY_IN_FLIGHT));
        assertThat(dispatcher.inFlight()).isEqualTo(2);
        carrier.answer.countDown();
        await().until(() -> replies.size() == 3);
        assertThat(carrier.submitted).hasValue(2);
        assertThat(dispatcher.inFlight()).isZero();
    }

    @Test
    void closingWaitsForWhatIsUnderWayAndTakesNothingMore() {
        SmsDispatcher dispatcher = new SmsDispatcher(carrier, 2);
        dispatcher.send(PHONE, CODE, HERE, replies::add);

        assertThat(dispatcher.close(Duration.ofMillis(20))).isFalse();
        dispatcher.send(PHONE, CODE, HERE, replies::add);
        assertThat(replies).containsExactly(new Submission.Unavailable(Submission.Why.CLOSING));

        carrier.answer.countDown();
        assertThat(dispatcher.close(Duration.ofSeconds(10))).isTrue();
        await().until(() -> replies.contains(new Submission.Accepted()));
    }

    @Test
    void anAdapterThatThrowsLeavesTheSmsUnconfirmedAndItsPlaceFree() {
        carrier.bug = true;
        carrier.answer.countDown();
        SmsDispatcher dispatcher = new SmsDispatcher(carrier, 1);

        dispatcher.send(PHONE, CODE, HERE, replies::add);

        await().until(() -> replies.size() == 1);
        assertThat(replies).containsExactly(new Submission.Unconfirmed());
        assertThat(dispatcher.inFlight()).isZero();
    }

    @Test
    void aSenderThatHasGoneHoldsNoPlace() {
        carrier.answer.countDown();
        SmsDispatcher dispatcher = new SmsDispatcher(carrier, 1);
        Executor gone = task -> {
            throw new RejectedExecutionException("gone");
        };

        dispatcher.send(PHONE, CODE, gone, replies::add);

        await().until(() -> carrier.submitted.get() == 1 && dispatcher.inFlight() == 0);
        assertThat(replies).isEmpty();
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatThrownBy(() -> new SmsDispatcher(carrier, 0)).hasMessageContaining("not 0");
    }

    /// Answers when it is told to.
    private static final class HeldCarrier implements Carrier {
        final CountDownLatch answer = new CountDownLatch(1);
        final AtomicInteger submitted = new AtomicInteger();
        volatile boolean onVirtualThread;
        volatile boolean bug;

        @Override
        public Submission submit(PhoneNumber to, SmsText text) {
            onVirtualThread = Thread.currentThread().isVirtual();
            submitted.incrementAndGet();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (bug) {
                throw new IllegalStateException("a bug");
            }
            return new Submission.Accepted();
        }

        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public void close() {}
    }
}
