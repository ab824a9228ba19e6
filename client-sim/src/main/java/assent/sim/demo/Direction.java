package assent.sim.demo;

import assent.device.ReceivedMessage;
import assent.device.SendOutcome;
import assent.device.SentMessage;
import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// Texts from one phone to the other: sends them, and has each that is shown checked by its [Ledger].
///
/// Thread-safe.
public final class Direction {
    /// Texts that are remembered for a search in the gateway's files.
    private static final int CANARIES = 32;

    /// Shorter ones may stand in a file by chance.
    private static final int CANARY_BYTES_MIN = 24;

    private final DemoPhone from;
    private final DemoPhone to;
    private final DemoLimits limits;
    private final Deadlines deadlines;

    // All guarded by this.
    private long toSend;
    private boolean stopped;
    private final Ledger ledger;
    private final List<String> canaries = new ArrayList<>(CANARIES);

    /// Texts without a deadline.
    public Direction(DemoPhone from, DemoPhone to, long toSend, DemoLimits limits) {
        this(from, to, toSend, limits, Deadlines.NEVER);
    }

    /// @param deadlines which texts have one
    public Direction(DemoPhone from, DemoPhone to, long toSend, DemoLimits limits, Deadlines deadlines) {
        this.deadlines = deadlines;
        this.ledger = new Ledger(deadlines.rules());
        this.from = from;
        this.to = to;
        this.toSend = toSend;
        this.limits = limits;
    }

    synchronized long toSend() {
        return toSend;
    }

    public DemoPhone to() {
        return to;
    }

    /// Sends all texts, in order, as many at a time as may be. Blocks.
    public void sendAll(Supplier<String> texts) throws InterruptedException {
        for (long i = 0; i < toSend(); i++) {
            Body body = body(texts.get());
            rememberSome(i, body);
            Optional<SentMessage> taken = send(body, deadlines.of(i));
            if (taken.isEmpty()) {
                return;
            }
            SentMessage sent = taken.get();
            var ignored = sent.outcome().thenAccept(outcome -> settled(sent.messageId(), outcome));
        }
    }

    /// Sends nothing more; what was sent still gets its outcome.
    public synchronized void stopSending() {
        stopped = true;
        toSend = ledger.tally().sent;
        notifyAll();
    }

    /// Texts that were promised and are not shown, once every text has its outcome.
    public synchronized List<MessageId> unshown() {
        return ledger.unshown();
    }

    private synchronized void rememberSome(long which, Body body) {
        if (which >= canaries.size() * toSend / CANARIES && body.length() >= CANARY_BYTES_MIN) {
            canaries.add(body.toUtf8());
        }
    }

    /// Some of the texts that were sent, from all parts of the file.
    synchronized List<String> canaries() {
        return List.copyOf(canaries);
    }

    private static Body body(String text) {
        try {
            return Body.text(text);
        } catch (IllegalArgumentException e) {
            throw new DemoFailure("a text is too long: " + e.getMessage() + ". Take it out of the file", e);
        }
    }

    /// Empty if sending was stopped.
    private synchronized Optional<SentMessage> send(Body body, DeliveryOption option) throws InterruptedException {
        while (!stopped && !ledger.hasRoom(limits)) {
            wait();
        }
        if (stopped) {
            return Optional.empty();
        }
        // Under the lock, so that the text is in the ledger before it can be shown.
        SentMessage sent = from.device().send(to.number(), body, option);
        ledger.sent(sent.messageId(), body, to.connection(), System.nanoTime());
        if (option instanceof DeliveryOption.CloudThenSms) {
            ledger.hasDeadline(sent.messageId(), sending());
        }
        notifyAll();
        return Optional.of(sent);
    }

    private synchronized void settled(MessageId messageId, SendOutcome outcome) {
        ledger.settled(messageId, outcome, place(), sending());
        notifyAll();
    }

    private FallBacks.Sending sending() {
        return new FallBacks.Sending(System.nanoTime(), from.connectionsSoFar());
    }

    private FallBacks.Place place() {
        return new FallBacks.Place(to.connection(), to.connectionsSoFar());
    }

    /// The receiver's phone shows a message.
    public synchronized void shown(ReceivedMessage message) {
        if (message.from().equals(from.number())) {
            ledger.shown(message.messageId(), message.body(), place(), System.nanoTime());
        } else {
            ledger.tally().duplicates++; // nobody else writes to this phone
        }
        notifyAll();
    }

    /// Whether every text was sent, has its outcome, and was shown if it was promised.
    public synchronized boolean isDone() {
        return isAllSent() && ledger.isSettled() && ledger.isAllShown();
    }

    synchronized boolean isAllSent() {
        return ledger.tally().sent == toSend;
    }

    /// Whether every text has its outcome.
    public synchronized boolean isSettled() {
        return ledger.isSettled();
    }

    /// Counts so far.
    public synchronized Tally tally() {
        return ledger.tally().copy();
    }

    /// Adds the latencies of texts during whose whole way the receiver was connected.
    public synchronized void addLatenciesTo(Histogram all) {
        all.add(ledger.latencyMicros());
    }
}
