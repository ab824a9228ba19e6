package assent.server.activation;

import assent.protocol.Limits;
import java.time.Duration;

/// The limits of activation.
///
/// @param consentLifetime an unclaimed consent is erased after this time
/// @param challengeLifetime at most five minutes
/// @param codeTriesMax tries of one number in one window, whatever codes it got; at most five
/// @param smsPerNumberMax SMS to one number in one window
/// @param openChallengesMax challenges in memory, the closed ones of the last minutes included; beyond
///     it claims are refused for a while
public record ActivationLimits(
        Duration consentLifetime,
        Duration challengeLifetime,
        int codeTriesMax,
        Duration triesWindow,
        int smsPerNumberMax,
        Duration smsWindow,
        int openChallengesMax) {
    public ActivationLimits {
        if (challengeLifetime.compareTo(Limits.CHALLENGE_LIFE_MAX) > 0) {
            throw new IllegalArgumentException("a challenge lives for at most " + Limits.CHALLENGE_LIFE_MAX);
        }
        if (codeTriesMax < 1 || codeTriesMax > Limits.CODE_TRIES_MAX) {
            throw new IllegalArgumentException("a number has 1 to " + Limits.CODE_TRIES_MAX + " tries");
        }
    }
}
