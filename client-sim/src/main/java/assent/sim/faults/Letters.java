package assent.sim.faults;

import assent.device.SendOutcome;
import assent.device.SentMessage;
import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.MessageId;
import assent.sim.demo.DemoFailure;
import assent.sim.demo.DemoPhone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Texts from one phone to another, one at a time, each answer timed; and the record of them.
///
/// The sender's side is confined to one thread; texts are shown on any.
final class Letters {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final DemoPhone from;
    private final DemoPhone to;
    private final Duration lifetime;
    private final List<MessageId> acknowledged = new ArrayList<>();
    private final List<MessageId> unpromised = new ArrayList<>();
    private long refused;

    /// Guarded by itself.
    private final List<MessageId> shown = new ArrayList<>();

    /// Texts that wait as long as the gateway lets them.
    Letters(DemoPhone from, DemoPhone to) {
        this(from, to, Duration.ZERO);
    }

    Letters(DemoPhone from, DemoPhone to, Duration lifetime) {
        this.from = from;
        this.to = to;
        this.lifetime = lifetime;
        to.showOn(message -> {
            synchronized (shown) {
                shown.add(message.messageId());
            }
        });
    }

    /// What the sender heard, and after how long.
    record Answer(SendOutcome outcome, long millis) {
        boolean isAcknowledged() {
            return outcome instanceof SendOutcome.Delivered || outcome instanceof SendOutcome.Queued;
        }
    }

    DemoPhone to() {
        return to;
    }

    /// Sends a text and waits for its outcome. Blocks.
    Answer send(String text) throws InterruptedException {
        Sent sent = sendAndWait(text);
        if (sent.answer().isAcknowledged()) {
            acknowledged.add(sent.messageId());
        } else {
            refused++;
        }
        return sent.answer();
    }

    /// Sends a text that must never be shown, whatever its outcome. Blocks.
    void sendUnpromised(String text) throws InterruptedException {
        unpromised.add(sendAndWait(text).messageId());
    }

    private record Sent(MessageId messageId, Answer answer) {}

    private Sent sendAndWait(String text) throws InterruptedException {
        long startedNanos = System.nanoTime();
        SentMessage sent = from.device().send(to.number(), Body.text(text), new DeliveryOption.CloudOnly(lifetime));
        try {
            SendOutcome outcome = sent.outcome().get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
            return new Sent(sent.messageId(), new Answer(outcome, (System.nanoTime() - startedNanos) / 1_000_000));
        } catch (TimeoutException | ExecutionException e) {
            throw new DemoFailure("a text had no outcome within " + ANSWER_MAX.toSeconds() + " s", e);
        }
    }

    /// Waits until what was acknowledged is shown, but not for ever. Blocks.
    Verdict verdict(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!shown().containsAll(acknowledged) && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
        }
        List<MessageId> seen = shown();
        var distinct = new HashSet<>(seen);
        long lost = acknowledged.stream().filter(id -> !distinct.contains(id)).count();
        long ghosts = unpromised.stream().filter(distinct::contains).count();
        long inversions = 0;
        int last = -1;
        for (MessageId id : acknowledged) {
            int place = seen.indexOf(id);
            if (place >= 0 && place < last) {
                inversions++;
            }
            last = Math.max(last, place);
        }
        return new Verdict(acknowledged.size(), lost, seen.size() - distinct.size() + ghosts, inversions, refused, 0);
    }

    private List<MessageId> shown() {
        synchronized (shown) {
            return List.copyOf(shown);
        }
    }
}
