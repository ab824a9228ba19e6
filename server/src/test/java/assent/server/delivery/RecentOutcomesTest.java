package assent.server.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecentOutcomesTest {
    private static final DeviceId DEVICE = new DeviceId(1, 2);
    private static final List<Outcome> OUTCOMES = List.copyOf(EnumSet.allOf(Outcome.class));

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

    @Test
    void theLastFourThousandOfOneDeviceAreFoundHoweverManyCameBefore() {
        var messages = Stream.generate(MessageId::random)
                .limit(3 * OutcomeRing.ENTRIES_MAX)
                .toList();
        for (int i = 0; i < messages.size(); i++) {
            outcomes.remember(DEVICE, messages.get(i), OUTCOMES.get(i % OUTCOMES.size()));
            nanos.incrementAndGet();
        }
        int forgotten = messages.size() - OutcomeRing.ENTRIES_MAX;

        for (int i = 0; i < messages.size(); i++) {
            assertEquals(
                    i < forgotten ? Optional.empty() : Optional.of(OUTCOMES.get(i % OUTCOMES.size())),
                    outcomes.find(DEVICE, messages.get(i)));
        }
    }

    @Test
    void idsThatDifferInAFewBitsAreTwoMessages() {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            outcomes.remember(DEVICE, new MessageId(1L << bit, 0), Outcome.DELIVERED);
            outcomes.remember(DEVICE, new MessageId(0, 1L << bit), Outcome.QUEUED);
        }

        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertEquals(Optional.of(Outcome.DELIVERED), outcomes.find(DEVICE, new MessageId(1L << bit, 0)));
            assertEquals(Optional.of(Outcome.QUEUED), outcomes.find(DEVICE, new MessageId(0, 1L << bit)));
        }
        assertEquals(Optional.empty(), outcomes.find(DEVICE, new MessageId(0, 0)));
    }

    private void rememberMany(DeviceId device) {
        Stream.generate(MessageId::random)
                .limit(RecentOutcomes.ENTRIES_MAX)
                .forEach(message -> outcomes.remember(device, message, Outcome.DELIVERED));
    }
}
