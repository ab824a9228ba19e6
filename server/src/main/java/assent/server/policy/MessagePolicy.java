package assent.server.policy;

import java.time.Duration;

/// How long messages wait, and how many strangers one device may write to. Immutable.
///
/// @param lifetimeMax how long a message waits in a mailbox at most; longer wishes are cut to it
/// @param fallbackDeadlineMin shorter deadlines of senders are refused
/// @param fallbackDeadlineMax longer deadlines of senders are cut to it
/// @param newRecipientsPerDay numbers that one device may write to in a day; one more is refused
public record MessagePolicy(
        Duration lifetimeMax,
        Duration fallbackDeadlineMin,
        Duration fallbackDeadlineMax,
        Neutrality neutrality,
        int newRecipientsPerDay) {
    /// What a sender can tell of a number that cannot be reached.
    public enum Neutrality {
        /// Nothing: a number that was never activated takes as long to fall back as one that is away.
        NEUTRAL,
        /// A number with no mailbox for this sender falls back at once. Faster, and it tells.
        PROMPT
    }

    public static MessagePolicy defaults() {
        return new MessagePolicy(
                Duration.ofDays(30), Duration.ofSeconds(1), Duration.ofMinutes(10), Neutrality.NEUTRAL, 200);
    }
}
