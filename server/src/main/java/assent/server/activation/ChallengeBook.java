package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.ConsentId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The challenges of the last minutes: the open ones, and for a while the closed ones, so that a late answer gets its own
/// reason. Thread-safe: every method takes the one lock for a few map operations.
///
/// At its limit it opens no more until the oldest have gone; [#isFull] tells before anything is sent.
public final class ChallengeBook {
    /// How long a closed or expired challenge is remembered.
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final int max;
    private final Clock clock;
    private final Map<ChallengeId, Page> pages = new HashMap<>();
    private final Map<Bytes, ChallengeId> byText = new HashMap<>();
    private final ArrayDeque<ChallengeId> oldestFirst = new ArrayDeque<>();

    ChallengeBook(int max, Clock clock) {
        this.max = max;
        this.clock = clock;
    }

    /// Where a challenge stands.
    public enum Fate {
        OPEN,
        /// It has led to an activation.
        USED,
        /// A newer challenge of the same claim has taken its place.
        REPLACED,
        /// The connection that asked for it is gone.
        ABANDONED
    }

    record Page(Challenge challenge, Challenges.Asker asker, Fate fate) {}

    synchronized boolean isFull() {
        forgetOld();
        return pages.size() >= max;
    }

    synchronized void open(Challenge challenge, Challenges.Asker asker) {
        pages.put(challenge.id(), new Page(challenge, asker, Fate.OPEN));
        oldestFirst.add(challenge.id());
        if (challenge.method() == ProofMethod.DEVICE_SMS) {
            byText.put(challenge.secretMac(), challenge.id());
        }
    }

    synchronized void close(ChallengeId id, Fate fate) {
        Page page = pages.get(id);
        if (page != null && page.fate() == Fate.OPEN) {
            pages.put(id, new Page(page.challenge(), page.asker(), fate));
            byText.remove(page.challenge().secretMac());
        }
    }

    /// Whether an answer to a challenge can be good at all.
    sealed interface Finding {
        record Answerable(Challenge challenge) implements Finding {}

        record Unanswerable(Reason reason) implements Finding {}
    }

    /// Looks a challenge up for the connection that holds this consent.
    synchronized Finding find(ChallengeId id, ConsentId consentId, Instant now) {
        Page page = pages.get(id);
        if (page == null) {
            return new Finding.Unanswerable(Reason.CHALLENGE_UNKNOWN);
        }
        return switch (page.fate()) {
            case USED -> new Finding.Unanswerable(Reason.CODE_USED);
            case REPLACED -> new Finding.Unanswerable(Reason.CODE_REPLACED);
            case ABANDONED -> new Finding.Unanswerable(Reason.CODE_ABANDONED);
            case OPEN -> findOpen(page.challenge(), consentId, now);
        };
    }

    private static Finding findOpen(Challenge challenge, ConsentId consentId, Instant now) {
        if (!challenge.consentId().equals(consentId)) {
            return new Finding.Unanswerable(Reason.CODE_FOR_ANOTHER_CLAIM);
        }
        return challenge.isExpired(now)
                ? new Finding.Unanswerable(Reason.CODE_EXPIRED)
                : new Finding.Answerable(challenge);
    }

    /// The open challenge that waits for this text from this number.
    synchronized Optional<Page> expecting(Bytes textMac, PhoneNumber from, Instant now) {
        return Optional.ofNullable(byText.get(textMac))
                .map(pages::get)
                .filter(page -> page.challenge().number().equals(from))
                .filter(page -> !page.challenge().isExpired(now));
    }

    private void forgetOld() {
        Instant horizon = clock.instant().minus(MEMORY);
        while (!oldestFirst.isEmpty()) {
            Page page = pages.get(oldestFirst.peek());
            if (page == null || page.challenge().expiresAt().isAfter(horizon)) {
                return;
            }
            pages.remove(oldestFirst.remove());
            byText.remove(page.challenge().secretMac());
        }
    }
}
