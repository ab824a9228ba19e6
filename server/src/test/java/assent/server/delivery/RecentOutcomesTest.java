package assent.server.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecentOutcomesTest {
    private static final DeviceId DEVICE = new DeviceId(1, 2);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may wrap at any time
    private final RecentOutcomes outcomes = new RecentOutcomes(nanos::get);

    @Test
    void anOutcomeIsRememberedForItsDeviceAndMessageOnly() {
        var message = MessageId.random();

        outcomes.remember(DEVICE, message, Outcome.DELIVERED);

        assertEquals(Optional.of(Outcome.DELIVERED), outcomes.find(DEVICE, message));
        assertEquals(Optional.empty(), outcomes.find(DEVICE, MessageId.random()));
        assertEquals(Optional.empty(), outcomes.find(new DeviceId(1, 3), message));
    }

    @Test
    void theLastOutcomeCounts() {
        var message = MessageId.random();

        outcomes.remember(DEVICE, message, Outcome.QUEUED);
        outcomes.remember(DEVICE, message, Outcome.DELIVERED);

        assertEquals(Optional.of(Outcome.DELIVERED), outcomes.find(DEVICE, message));
    }

    @Test
    void anOutcomeIsForgottenWhenItsTimeIsOver() {
        var message = MessageId.random();
        outcomes.remember(DEVICE, message, Outcome.DELIVERED);

        nanos.addAndGet(RecentOutcomes.KEPT.toNanos());
        assertEquals(Optional.of(Outcome.DELIVERED), outcomes.find(DEVICE, message));
        nanos.incrementAndGet();
        assertEquals(Optional.empty(), outcomes.find(DEVICE, message));
    }

    @Test
    void beyondTheLimitTheOldestGoFirst() {
        var oldest = MessageId.random();
        outcomes.remember(DEVICE, oldest, Outcome.DELIVERED);
        rememberMany(DEVICE);
        var newest = MessageId.random();
        outcomes.remember(DEVICE, newest, Outcome.QUEUED);

        assertEquals(Optional.empty(), outcomes.find(DEVICE, oldest));
        assertEquals(Optional.of(Outcome.QUEUED), outcomes.find(DEVICE, newest));
    }

    @Test
    void aBusyDeviceLeavesTheOutcomesOfMostOthersAlone() {
        var message = MessageId.random();
        outcomes.remember(new DeviceId(1, 3), message, Outcome.DELIVERED);

        rememberMany(DEVICE);

        assertEquals(Optional.of(Outcome.DELIVERED), outcomes.find(new DeviceId(1, 3), message));
    }

    private void rememberMany(DeviceId device) {
        Stream.generate(MessageId::random)
                .limit(RecentOutcomes.ENTRIES_MAX)
                .forEach(message -> outcomes.remember(device, message, Outcome.DELIVERED));
    }
}
