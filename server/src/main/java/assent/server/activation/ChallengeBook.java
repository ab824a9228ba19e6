package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Predicate;

/// The challenges of the last minutes: the open ones, and for a while the closed ones, so that a late
/// answer gets its own reason. Thread-safe: every method takes the one lock for a few map operations.
///
/// At its limit the closed ones go first, the oldest of them first of all, so that nobody can fill it by
/// opening one after another. If all are open, no more are opened; [#isFull] tells before anything is
/// sent.
public final class ChallengeBook {
    /// How long a closed or expired challenge is remembered.
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final int max;
    private final Clock clock;
    private final SequencedMap<ChallengeId, Entry> oldestFirst = new LinkedHashMap<>();
    private final SequencedSet<ChallengeId> closedOldestFirst = new LinkedHashSet<>();
    private final Map<Bytes, ChallengeId> byText = new HashMap<>();

    ChallengeBook(int max, Clock clock) {
        this.max = max;
        this.clock = clock;
    }

    /// Why a challenge is closed.
    public enum Fate {
        /// It has led to an activation, or a withdrawal.
        USED,
        /// A newer challenge of the same claim has taken its place.
        REPLACED,
        /// The connection that asked for it is gone.
        ABANDONED
    }

    sealed interface Entry {
        Instant expiresAt();
    }

    record Page(Challenge challenge, Asker asker) implements Entry {
        @Override
        public Instant expiresAt() {
            return challenge.expiresAt();
        }
    }

    /// What is left of a closed challenge: neither its number nor whose it was.
    record Closed(Fate fate, Instant expiresAt) implements Entry {}

    synchronized boolean isFull() {
        forgetOld();
        while (oldestFirst.size() >= max && !closedOldestFirst.isEmpty()) {
            oldestFirst.remove(closedOldestFirst.removeFirst());
        }
        return oldestFirst.size() >= max;
    }

    synchronized void open(Challenge challenge, Asker asker) {
        oldestFirst.put(challenge.id(), new Page(challenge, asker));
        if (challenge.method() == ProofMethod.DEVICE_SMS) {
            byText.put(challenge.secretMac(), challenge.id());
        }
    }

    synchronized void close(ChallengeId id, Fate fate) {
        if (oldestFirst.get(id) instanceof Page(var challenge, var ignored)) {
            oldestFirst.put(id, new Closed(fate, challenge.expiresAt()));
            byText.remove(challenge.secretMac());
            closedOldestFirst.add(id);
        }
    }

    /// Whether an answer to a challenge can be good at all.
    sealed interface Finding {
        record Answerable(Challenge challenge) implements Finding {}

        record Unanswerable(Reason reason) implements Finding {}
    }

    /// Looks a challenge up for the connection that this purpose is of.
    synchronized Finding find(ChallengeId id, ChallengePurpose purpose, Instant now) {
        return switch (oldestFirst.get(id)) {
            case null -> new Finding.Unanswerable(Reason.CHALLENGE_UNKNOWN);
            case Page(var challenge, var ignored) -> findOpen(challenge, purpose, now);
            case Closed(var fate, var ignored) ->
                new Finding.Unanswerable(
                        switch (fate) {
                            case USED -> Reason.CODE_USED;
                            case REPLACED -> Reason.CODE_REPLACED;
                            case ABANDONED -> Reason.CODE_ABANDONED;
                        });
        };
    }

    private static Finding findOpen(Challenge challenge, ChallengePurpose purpose, Instant now) {
        if (!challenge.purpose().equals(purpose)) {
            return new Finding.Unanswerable(Reason.CODE_FOR_ANOTHER_CLAIM);
        }
        return challenge.isExpired(now)
                ? new Finding.Unanswerable(Reason.CODE_EXPIRED)
                : new Finding.Answerable(challenge);
    }

    /// The open challenge that waits for this text.
    ///
    /// @param from whether the text came from this number
    synchronized Optional<Page> expecting(Bytes textMac, Predicate<PhoneNumber> from, Instant now) {
        return Optional.ofNullable(byText.get(textMac))
                .flatMap(id -> oldestFirst.get(id) instanceof Page page ? Optional.of(page) : Optional.empty())
                .filter(page -> from.test(page.challenge().number()))
                .filter(page -> !page.challenge().isExpired(now));
    }

    synchronized void forgetOld() {
        Instant horizon = clock.instant().minus(MEMORY);
        while (!oldestFirst.isEmpty()) {
            var oldest = oldestFirst.firstEntry();
            if (oldest.getValue().expiresAt().isAfter(horizon)) {
                return;
            }
            oldestFirst.pollFirstEntry();
            closedOldestFirst.remove(oldest.getKey());
            if (oldest.getValue() instanceof Page(var challenge, var ignored)) {
                byText.remove(challenge.secretMac());
            }
        }
    }
}
