package assent.server.simulation;

import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is promised, checked at every step. Knows all texts, all phones and the store, which nobody in
/// the real world does. Confined to one thread.
///
/// | promise | looked at |
/// |---|---|
/// | DELIVERED, receipts and answers to inquiries are true | when the gateway says so |
/// | QUEUED is durable, and nothing with a deadline is QUEUED | when the gateway says so |
/// | FALL_BACK comes at the deadline, not before | when the gateway says so |
/// | what has fallen back is not delivered any more | when the gateway delivers |
/// | what a mailbox takes out as delivered is on the phone | when it is written |
/// | each text is shown once, byte for byte, in its sender's order | when it is shown |
/// | one outcome for each text, ever | when its sender hears one |
/// | epochs rise | when a phone is signed in |
/// | nothing acknowledged is lost; each text gets an outcome, each QUEUED one a receipt | at the end |
final class Promises {
    private final Journal journal;
    private final Map<Text.Name, Text> texts = new LinkedHashMap<>();
    private final Map<PhoneNumber, Long> epochs = new LinkedHashMap<>();
    private final Map<Pair, Integer> lastShown = new LinkedHashMap<>();

    private record Pair(PhoneNumber from, PhoneNumber to) {}

    Promises(Journal journal) {
        this.journal = journal;
    }

    void written(Text text) {
        texts.put(text.name(), text);
    }

    Text text(PhoneNumber from, MessageId id) {
        return Optional.ofNullable(texts.get(new Text.Name(from, id)))
                .orElseThrow(() -> new BrokenPromise("a text came that nobody wrote"));
    }

    boolean exists(Text.Name name) {
        return texts.containsKey(name);
    }

    List<Text> texts() {
        return new ArrayList<>(texts.values());
    }

    static BrokenPromise broken(String what) {
        return new BrokenPromise(what);
    }

    /// The gateway says what became of a text, perhaps to nobody.
    ///
    /// @param nowNanos by the clock of the world
    void told(Text text, Outcome outcome, Optional<?> knownToMailbox, long nowNanos) {
        switch (outcome) {
            case DELIVERED -> {
                requireShown(text, "DELIVERED");
                text.toldDelivered = true;
            }
            case QUEUED -> {
                if (text.deadline().isPresent()) {
                    throw broken("%s has a deadline and is QUEUED".formatted(text));
                }
                if (isActivated(text) && knownToMailbox.isEmpty() && !text.mayExpire()) {
                    throw broken("%s is QUEUED and not in the store".formatted(text));
                }
            }
            case REFUSED -> text.lostItsPlace = true;
            case FALL_BACK -> {
                Duration deadline =
                        text.deadline().orElseThrow(() -> broken("%s: nobody asked for a fallback".formatted(text)));
                if (nowNanos - text.firstSentNanos < deadline.toNanos()) {
                    throw broken("%s falls back before its deadline".formatted(text));
                }
                text.toldFallBack = true;
            }
        }
    }

    /// The gateway pushes a text to a phone. Whoever asks for it as if for the first time after it has
    /// fallen back gets what they ask for.
    void delivered(Text text) {
        if (text.toldFallBack && !text.askedUnmarked) {
            throw broken("%s is delivered after it has fallen back".formatted(text));
        }
    }

    /// A text with a deadline has a result instead; only a sender that has connected anew, and that the
    /// gateway does not know to wait for that, may get a receipt as well.
    void requireReceiptIsDue(Text text) {
        requireShown(text, "delivered, by a receipt,");
        if (text.deadline().isPresent() && !text.sentOnAnEarlierConnection) {
            throw broken("%s has a deadline and gets a receipt".formatted(text));
        }
    }

    private boolean isActivated(Text text) {
        return !text.to.equals(Simulation.NOBODY);
    }

    void requireShown(Text text, String saidToBe) {
        if (text.shown == 0) {
            throw broken("%s is said to be %s and is not on the phone".formatted(text, saidToBe));
        }
    }

    /// The sender hears an outcome that is not a refusal.
    void heard(Text text, Outcome outcome) {
        if (text.heard.isPresent()
                && text.heard.get() != outcome
                && !text.askedUnmarked
                && !text.gatewayDiedAfterDelivered) {
            throw broken("%s was %s and is %s now".formatted(text, text.heard.get(), outcome));
        }
        if (text.heard.isEmpty()) {
            text.heard = Optional.of(outcome);
            journal.count("outcome " + outcome.name());
        }
    }

    /// The gateway has died: what it had told without storing is forgotten.
    void gatewayDied(boolean mayHaveRefused) {
        for (Text text : texts.values()) {
            text.gatewayDiedAfterDelivered |= text.toldDelivered;
            text.lostItsPlace |= mayHaveRefused && text.sent && text.heard.isEmpty();
        }
    }

    void shown(Text text, PhoneNumber on, assent.protocol.Body body) {
        if (!text.to.equals(on)) {
            throw broken("%s is shown on another's phone".formatted(text));
        }
        if (!text.body.equals(body)) {
            throw broken("%s is shown with other bytes".formatted(text));
        }
        if (++text.shown > 1) {
            throw broken("%s is shown twice".formatted(text));
        }
        if (text.toldFallBack) {
            // Pushed before, the one permitted case. It is delivered no second time, so it may come behind
            // others: what an old connection still held comes late.
            journal.count("shown although it fell back");
            return;
        }
        if (text.lostItsPlace) {
            journal.count("shown after a refusal");
            return;
        }
        var pair = new Pair(text.from, text.to);
        int last = lastShown.getOrDefault(pair, -1);
        if (last > text.number) {
            throw broken("%s is shown after t%d of the same sender".formatted(text, last));
        }
        lastShown.put(pair, text.number);
    }

    void signedIn(PhoneNumber number, long epoch) {
        Long before = epochs.put(number, epoch);
        if (before != null && before >= epoch) {
            throw broken("epoch %d came after epoch %d".formatted(epoch, before));
        }
    }

    /// What is not settled, in words; nothing once all is.
    List<String> unsettled() {
        var open = new ArrayList<String>();
        for (Text text : texts.values()) {
            if (text.heard.isEmpty()) {
                open.add(text + " has no outcome");
            } else if (text.heard.get() != Outcome.FALL_BACK
                    && isActivated(text)
                    && text.shown == 0
                    && !text.mayExpire()) {
                open.add(text + " is " + text.heard.get() + " and was not shown");
            }
        }
        return open;
    }

    /// What was queued and shown, and whose sender does not know it.
    List<String> withoutReceipt() {
        var open = new ArrayList<String>();
        for (Text text : texts.values()) {
            boolean queued = text.heard.filter(Outcome.QUEUED::equals).isPresent();
            if (queued && text.shown > 0 && !text.receiptHeard && !text.mayExpire()) {
                open.add(text + " has no receipt");
            }
        }
        return open;
    }
}
