package assent.sim.demo;

import assent.device.ReceivedMessage;
import assent.device.SendOutcome;
import assent.device.SentMessage;
import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// Texts from one phone to the other: sends them, and has each that is shown checked by its [Ledger].
///
/// Thread-safe.
final class Direction {
    /// Texts that are remembered for a search in the gateway's files.
    private static final int CANARIES = 32;

    /// Shorter ones may stand in a file by chance.
    private static final int CANARY_BYTES_MIN = 24;

    private final DemoPhone from;
    private final DemoPhone to;
    private final long toSend;
    private final DemoLimits limits;
    private final Ledger ledger = new Ledger(); // guarded by this
    private final List<String> canaries = new ArrayList<>(CANARIES); // guarded by this

    Direction(DemoPhone from, DemoPhone to, long toSend, DemoLimits limits) {
        this.from = from;
        this.to = to;
        this.toSend = toSend;
        this.limits = limits;
    }

    long toSend() {
        return toSend;
    }

    DemoPhone to() {
        return to;
    }

    /// Sends all texts, in order, as many at a time as may be. Blocks.
    void sendAll(Supplier<String> texts) throws InterruptedException {
        for (long i = 0; i < toSend; i++) {
            Body body = body(texts.get());
            rememberSome(i, body);
            SentMessage sent = send(body);
            var ignored = sent.outcome().thenAccept(outcome -> settled(sent.messageId(), outcome));
        }
    }

    private static Body body(String text) {
        try {
            return Body.text(text);
        } catch (IllegalArgumentException e) {
            throw new DemoFailure("a text is too long: " + e.getMessage() + ". Take it out of the file", e);
        }
    }

    private synchronized void rememberSome(long which, Body body) {
        if (which >= canaries.size() * toSend / CANARIES && body.length() >= CANARY_BYTES_MIN) {
            canaries.add(body.toUtf8());
        }
    }

    private synchronized SentMessage send(Body body) throws InterruptedException {
        while (!ledger.hasRoom(limits)) {
            wait();
        }
        // Under the lock, so that the text is in the ledger before it can be shown.
        SentMessage sent = from.device().send(to.number(), body, new DeliveryOption.CloudOnly(Duration.ZERO));
        ledger.sent(sent.messageId(), body, to.connection(), System.nanoTime());
        return sent;
    }

    private synchronized void settled(MessageId messageId, SendOutcome outcome) {
        ledger.settled(messageId, outcome);
        notifyAll();
    }

    /// The receiver's phone shows a message.
    synchronized void shown(ReceivedMessage message) {
        if (message.from().equals(from.number())) {
            ledger.shown(message.messageId(), message.body(), to.connection(), System.nanoTime());
        } else {
            ledger.tally().duplicates++; // nobody else writes to this phone
        }
        notifyAll();
    }

    /// Whether every text was sent, has its outcome, and was shown if it was promised.
    synchronized boolean isDone() {
        return isAllSent() && ledger.isSettled();
    }

    synchronized boolean isAllSent() {
        return ledger.tally().sent == toSend;
    }

    /// Counts so far.
    synchronized Tally tally() {
        return ledger.tally().copy();
    }

    /// Some of the texts that were sent, from all parts of the file.
    synchronized List<String> canaries() {
        return List.copyOf(canaries);
    }

    synchronized void addLatenciesTo(Histogram all) {
        all.add(ledger.latencyMicros());
    }
}
