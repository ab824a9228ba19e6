package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.ReadMark;
import assent.server.support.RawPhone;
import assent.server.support.Strangers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a sender can tell of a number that it does not reach: nothing. Each kind of number in
/// [Strangers] gets the same bytes in the same time.
///
/// *Times.* Rounds of one text to each kind, in a new random order each round, so that a slow moment of
/// the machine hits all kinds alike. The kinds' medians and 90th percentiles are compared with those of
/// all samples together. A difference of the gateway's making is there every time, one of the machine's
/// is not: so the best of [#TRIALS] counts. An extra millisecond or two for one kind fails it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeutralityTest {
    private static final int ROUNDS = 250;
    private static final int TRIALS = 4;
    private static final Duration MEDIAN_TOLERANCE = Duration.ofNanos(400_000);
    private static final Duration P90_TOLERANCE = Duration.ofMillis(2);

    private Strangers strangers;
    private RawPhone sam;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        strangers = new Strangers(
                folder, Map.of("session.grace", "100ms", "policy/messages.fallback-deadline-min", "10ms"));
        sam = strangers.sender();
    }

    @AfterAll
    void stop() {
        strangers.close();
    }

    /// The bytes of the next frame, without the message id.
    private String answerTo(DeviceFrame question, MessageId id) {
        int before = sam.peer().received().length;
        sam.peer().send(question);
        GatewayFrame answer = sam.peer().next().orElseThrow();
        assertThat(answer).isNotInstanceOf(GatewayFrame.Goodbye.class);
        byte[] bytes = sam.peer().received();
        return Bytes.wrap(Arrays.copyOfRange(bytes, before, bytes.length)).hex().replace(id.hex(), "id");
    }

    private static DeviceFrame.Send send(
            MessageId id, PhoneNumber to, Body body, DeliveryOption option, boolean askedBefore) {
        return new DeviceFrame.Send(id, to.e164(), Optional.of(body), Optional.of(option), askedBefore);
    }

    /// What the gateway answers to all that a sender can ask about one number.
    private List<String> answers(PhoneNumber to) {
        List<String> answers = new ArrayList<>();
        for (DeliveryOption option : List.of(
                new DeliveryOption.CloudOnly(Duration.ZERO),
                new DeliveryOption.CloudOnly(Duration.ofMillis(1)),
                new DeliveryOption.CloudThenSms(Duration.ofMillis(300)))) {
            for (Body body : List.of(
                    Body.text("hello").wantingReadMark(),
                    new ReadMark(List.of(MessageId.random())).body(),
                    Body.text("x".repeat(Limits.BODY_BYTES_MAX)))) {
                MessageId id = MessageId.random();
                answers.add(answerTo(send(id, to, body, option, false), id));
                answers.add(answerTo(send(id, to, body, option, true), id));
                answers.add(answerTo(send(id, to, body, option, false), id));
                answers.add(answerTo(new DeviceFrame.Inquire(id, to.e164()), id));
            }
        }
        MessageId unknown = MessageId.random();
        answers.add(answerTo(new DeviceFrame.Inquire(unknown, to.e164()), unknown));
        answers.add(answerTo(new DeviceFrame.Send(unknown, to.e164(), Optional.empty(), Optional.empty()), unknown));
        return answers;
    }

    @Test
    void everyNumberThatIsNotReachedGetsTheSameBytes() {
        List<String> expected = answers(strangers.number(Strangers.Kind.AWAY));

        strangers
                .numbers()
                .forEach((kind, number) ->
                        assertThat(answers(number)).as("%s", kind).isEqualTo(expected));

        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(sam.hasNothingMore()).isTrue();
    }

    @Test
    void everyNumberThatIsNotReachedTakesTheSameTime() {
        var random = new Random(22);
        trial(random); // the machine warms up
        String differences = "";
        for (int trial = 0; trial < TRIALS; trial++) {
            differences = differencesIn(trial(random));
            if (differences.isEmpty()) {
                return;
            }
        }
        assertThat(differences)
                .as("what the times tell, in each of %s trials", TRIALS)
                .isEmpty();
    }

    private Map<Strangers.Kind, List<Long>> trial(Random random) {
        Map<Strangers.Kind, List<Long>> nanos = new TreeMap<>();
        var kinds = new ArrayList<>(strangers.numbers().keySet());
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(kinds, random);
            for (Strangers.Kind kind : kinds) {
                long start = System.nanoTime();
                sam.text(strangers.number(kind), "hello");
                sam.result();
                nanos.computeIfAbsent(kind, any -> new ArrayList<>()).add(System.nanoTime() - start);
            }
        }
        return nanos;
    }

    private static String differencesIn(Map<Strangers.Kind, List<Long>> nanos) {
        List<Long> all = nanos.values().stream().flatMap(List::stream).toList();
        var differences = new StringBuilder();
        nanos.forEach((kind, samples) -> {
            compare(kind + " median", samples, all, 0.5, MEDIAN_TOLERANCE, differences);
            compare(kind + " p90", samples, all, 0.9, P90_TOLERANCE, differences);
        });
        return differences.toString();
    }

    /// Within the tolerance, or within a quarter: on a loaded machine everything takes longer.
    private static void compare(
            String what, List<Long> samples, List<Long> all, double part, Duration tolerance, StringBuilder to) {
        long one = percentile(samples, part);
        long together = percentile(all, part);
        long allowed = Math.max(tolerance.toNanos(), together / 4);
        if (Math.abs(one - together) > allowed) {
            to.append(what)
                    .append(": %d µs, all together %d µs, allowed difference %d µs%n"
                            .formatted(one / 1_000, together / 1_000, allowed / 1_000));
        }
    }

    private static long percentile(List<Long> nanos, double part) {
        return nanos.stream().sorted().toList().get((int) (nanos.size() * part));
    }
}
