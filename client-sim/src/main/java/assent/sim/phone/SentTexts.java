package assent.sim.phone;

import assent.device.SendOutcome;
import assent.protocol.MessageId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Texts that were sent and whose marks may still change: at most 1,000, the oldest are forgotten first
/// and get marks without a text. Thread-safe.
final class SentTexts {
    private static final int REMEMBERED_MAX = 1_000;
    private static final Duration LAST_OUTCOMES = Duration.ofSeconds(5);

    private final Consumer<String> screen;
    private final Map<MessageId, String> texts = new LinkedHashMap<>(); // guarded by this
    private int unsettled; // guarded by this

    /// @param screen shows marks; must not block for long
    SentTexts(Consumer<String> screen) {
        this.screen = screen;
    }

    /// Sends, so that no mark can come before the text is remembered.
    synchronized <T> T add(String text, Supplier<T> send, Function<T, MessageId> id) {
        T sent = send.get();
        texts.put(id.apply(sent), SafeText.of(text));
        if (texts.size() > REMEMBERED_MAX) {
            texts.remove(texts.keySet().iterator().next());
        }
        unsettled++;
        return sent;
    }

    synchronized void settled(MessageId messageId, SendOutcome outcome) {
        mark(messageId, Words.of(outcome));
        if (!(outcome instanceof SendOutcome.Queued || outcome instanceof SendOutcome.Delivered)) {
            texts.remove(messageId);
        }
        unsettled--;
        notifyAll();
    }

    /// A text that was waiting has been delivered.
    synchronized void delivered(MessageId messageId) {
        if (texts.containsKey(messageId)) {
            mark(messageId, Words.of(new SendOutcome.Delivered()));
        }
    }

    /// The other user has read the text.
    synchronized void read(MessageId messageId) {
        mark(messageId, Words.READ);
        texts.remove(messageId);
    }

    private void mark(MessageId messageId, String mark) {
        String text = texts.get(messageId);
        screen.accept("  " + mark + (text == null ? "" : ": " + text));
    }

    /// Blocks until each text has an outcome, at most five seconds.
    synchronized void awaitOutcomes() throws InterruptedException {
        long end = System.nanoTime() + LAST_OUTCOMES.toNanos();
        for (long left = LAST_OUTCOMES.toMillis(); unsettled > 0 && left > 0; left = millisUntil(end)) {
            wait(left);
        }
    }

    private static long millisUntil(long nanos) {
        return (nanos - System.nanoTime()) / 1_000_000;
    }
}
