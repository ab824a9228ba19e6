package assent.server.session;

import assent.protocol.Bytes;
import assent.server.activation.Notices;
import assent.server.policy.ActivationPolicy;
import assent.server.policy.NoticeRule;
import java.time.Duration;
import java.util.function.Supplier;

/// What the state machine goes by. Immutable, but for the policy and the rule on notices, of which
/// each step takes the newest.
///
/// @param signingKey the gateway's public key, which the Welcome carries
/// @param busyRetryAfter what a device is told when a step may work later
public record SessionRules(
        Notices notices,
        Supplier<ActivationPolicy> policy,
        Supplier<NoticeRule> noticeRule,
        Bytes signingKey,
        Duration heartbeat,
        int sendsInFlightMax,
        int deliveriesInFlightMax,
        Duration busyRetryAfter) {}
