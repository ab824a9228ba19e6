package assent.server.policy;

import assent.protocol.Limits;
import java.time.Duration;

/// How a number is proved. The protocol fixes the upper ends ([Limits]). Immutable.
///
/// @param lifetime how long a code, or a text that the device sends, is good
/// @param triesMax answers of one number in one window, whatever codes it got
public record ChallengePolicy(Duration lifetime, int triesMax, Duration triesWindow) {
    public ChallengePolicy {
        if (lifetime.compareTo(Limits.CHALLENGE_LIFE_MAX) > 0) {
            throw new IllegalArgumentException("a challenge lives for at most " + Limits.CHALLENGE_LIFE_MAX);
        }
        if (triesMax < 1 || triesMax > Limits.CODE_TRIES_MAX) {
            throw new IllegalArgumentException("a number has 1 to " + Limits.CODE_TRIES_MAX + " tries");
        }
    }

    public static ChallengePolicy defaults() {
        return new ChallengePolicy(Duration.ofMinutes(5), Limits.CODE_TRIES_MAX, Duration.ofHours(1));
    }
}
