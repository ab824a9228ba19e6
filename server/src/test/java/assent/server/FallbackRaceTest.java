package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.server.support.AnnaAndBen;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Acknowledgements that race against deadlines, and what strangers can tell from an answer.
class FallbackRaceTest {
    private static final int ROUNDS = 400;

    @TempDir
    Path folder;

    private static void send(RawPhone from, MessageId id, PhoneNumber to, Duration deadline, boolean askedBefore) {
        from.peer()
                .send(new DeviceFrame.Send(
                        id,
                        to.e164(),
                        Optional.of(Body.text("now or never")),
                        Optional.of(new DeliveryOption.CloudThenSms(deadline)),
                        askedBefore));
    }

    /// Half of the texts are in no store at their deadline, the other half in the mailbox, and the
    /// acknowledgement comes a little before, at, or after it.
    @Test
    void anAcknowledgementAtTheDeadlineLeadsToOneOutcomeForGood() throws Exception {
        try (TestGateway gateway = TestGateway.start(
                folder, Map.of("policy/messages.fallback-deadline-min", "10ms", "session.grace", "20ms"))) {
            AnnaAndBen both = AnnaAndBen.connected(gateway);
            RawPhone anna = both.anna();
            RawPhone ben = both.ben();
            Map<MessageId, Outcome> outcomes = new LinkedHashMap<>();
            var acknowledgedAt = new ConcurrentHashMap<MessageId, Long>();
            var delivered = new ConcurrentHashMap<MessageId, Integer>();
            Thread reader = Thread.ofPlatform().start(() -> acknowledge(ben, acknowledgedAt, delivered));
            for (int round = 0; round < ROUNDS; round++) {
                var id = MessageId.random();
                Duration deadline = Duration.ofMillis(round % 2 == 0 ? 12 : 30);
                acknowledgedAt.put(id, System.nanoTime() + deadline.toNanos() + (round % 40 - 20) * 100_000L);
                send(anna, id, ben.number, deadline, false);
                GatewayFrame.SendResult result = anna.result();
                assertThat(result.messageId()).isEqualTo(id);
                outcomes.put(id, result.outcome());
            }
            ben.close();
            reader.join();
            assertThat(delivered.values()).containsOnly(1);
            outcomes.forEach((id, outcome) -> assertThat(outcome == Outcome.FALL_BACK || delivered.containsKey(id))
                    .isTrue());
            var counts = new EnumMap<Outcome, Integer>(Outcome.class);
            outcomes.values().forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
            assertThat(counts).containsOnlyKeys(Outcome.DELIVERED, Outcome.FALL_BACK);

            ben.comeBack();
            for (int again = 0; again < 2; again++) {
                for (var known : outcomes.entrySet()) {
                    boolean forgotten = again > 0 && known.getValue() == Outcome.DELIVERED; // it may be in no store
                    if (!forgotten) {
                        send(anna, known.getKey(), ben.number, Duration.ofSeconds(20), true);
                        GatewayFrame.SendResult result = anna.result();
                        assertThat(result.messageId()).isEqualTo(known.getKey());
                        assertThat(result.outcome()).isEqualTo(known.getValue());
                    }
                }
                assertThat(ben.hasNothingMore()).isTrue();
                gateway.restart();
                anna.comeBack();
                ben.comeBack();
            }
            anna.close();
            ben.close();
        }
    }

    /// Reads until the connection is closed, and acknowledges each text when its time has come.
    private static void acknowledge(RawPhone phone, Map<MessageId, Long> atNanos, Map<MessageId, Integer> delivered) {
        try {
            for (var frame = phone.peer().next();
                    frame.isPresent();
                    frame = phone.peer().next()) {
                if (frame.get() instanceof GatewayFrame.Deliver delivery) {
                    delivered.merge(delivery.messageId(), 1, Integer::sum);
                    LockSupport.parkNanos(atNanos.getOrDefault(delivery.messageId(), 0L) - System.nanoTime());
                    phone.acknowledge(delivery.deliveryNumber());
                }
            }
        } catch (UncheckedIOException e) {
            return; // closed in the middle of an acknowledgement
        }
    }

    /// The acknowledgement and the sender's asking again race against the deadline on other connections.
    @Test
    void aSenderAndARecipientThatComeBackAtTheDeadlineSeeOneOutcome() throws Exception {
        try (TestGateway gateway = TestGateway.start(
                folder, Map.of("policy/messages.fallback-deadline-min", "10ms", "session.grace", "5ms"))) {
            AnnaAndBen both = AnnaAndBen.connected(gateway);
            RawPhone anna = both.anna();
            RawPhone ben = both.ben();
            for (int round = 0; round < ROUNDS / 4; round++) {
                var id = MessageId.random();
                send(anna, id, ben.number, Duration.ofMillis(30), false);
                if (round % 2 == 0) {
                    ben.comeBack();
                }
                anna.comeBack();
                send(anna, id, ben.number, Duration.ofMillis(30), true);
                Optional<Long> delivered = Optional.empty();
                ben.peer().send(new DeviceFrame.Ping(1));
                GatewayFrame frame = ben.peer().next().orElseThrow();
                if (frame instanceof GatewayFrame.Deliver delivery) {
                    delivered = Optional.of(delivery.deliveryNumber());
                    ben.acknowledge(delivery.deliveryNumber());
                    ben.peer().skipTo(GatewayFrame.Pong.class);
                }
                Outcome outcome = anna.result().outcome();
                assertThat(outcome).isIn(Outcome.DELIVERED, Outcome.FALL_BACK);
                if (outcome == Outcome.DELIVERED) {
                    assertThat(delivered).isPresent();
                } else {
                    ben.hasNothingMore(); // it may have been pushed before, and be on its way
                    assertThat(ben.hasNothingMore()).isTrue();
                }
                send(anna, id, ben.number, Duration.ofSeconds(20), true);
                assertThat(anna.result().outcome()).isEqualTo(outcome);
            }
            anna.close();
            ben.close();
        }
    }

    @Test
    void aStrangerCannotTellWhoIsAwayFromWhoWasNeverThere() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, Map.of("policy/messages.fallback-deadline-min", "10ms"))) {
            RawPhone stranger = gateway.phone();
            RawPhone away = gateway.phone();
            RawPhone withdrawn = gateway.phone();
            stranger.activate();
            away.activate();
            withdrawn.activate();
            withdrawn.peer().send(withdrawn.withdrawal()).skipTo(GatewayFrame.Goodbye.class);
            withdrawn.close();
            away.goAway();
            gateway.awaitLive(1);
            List<PhoneNumber> numbers = List.of(away.number, withdrawn.number, gateway.newNumber());
            List<List<Long>> micros = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

            for (int round = 0; round < 120; round++) {
                int who = round % 3;
                var id = MessageId.random();
                long sent = System.nanoTime();
                send(stranger, id, numbers.get(who), Duration.ofMillis(20), false);
                var result = stranger.peer().expect(GatewayFrame.SendResult.class);
                micros.get(who).add((System.nanoTime() - sent) / 1_000);
                assertThat(result).isEqualTo(GatewayFrame.SendResult.of(id, Outcome.FALL_BACK));
            }

            // The quicker ones: what a busy machine adds to the others says nothing about the gateway.
            List<Long> quartiles = micros.stream()
                    .map(times -> times.stream().sorted().toList().get(times.size() / 4))
                    .toList();
            for (long quartile : quartiles) {
                assertThat(quartile).isBetween(quartiles.getFirst() - 5_000, quartiles.getFirst() + 5_000);
            }
            stranger.close();
        }
    }
}
