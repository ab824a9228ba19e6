package assent.server.session;

import assent.protocol.Bytes;
import assent.server.activation.Invitations;
import assent.server.policy.ActivationPolicy;
import assent.server.policy.NoticeRule;
import assent.server.policy.Notices;
import assent.server.policy.Policy;
import java.time.Duration;
import java.util.function.Supplier;

/// What the state machine goes by. Immutable, but for the policy, of which each step takes the newest.
///
/// @param invitations tells the codes of invitations from others
/// @param signingKey the gateway's public key, which the Welcome carries
/// @param busyRetryAfter what a device is told when a step may work later
public record SessionRules(
        Supplier<Policy> policy,
        Invitations invitations,
        Bytes signingKey,
        Duration heartbeat,
        int sendsInFlightMax,
        int deliveriesInFlightMax,
        Duration busyRetryAfter) {
    ActivationPolicy activation() {
        return policy.get().activation();
    }

    /// The rule on notices.
    NoticeRule noticeRule() {
        return policy.get().notice().rule();
    }

    /// The notices on show.
    Notices notices() {
        return policy.get().notice().onShow();
    }
}
