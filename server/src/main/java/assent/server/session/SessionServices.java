package assent.server.session;

import assent.server.activation.Activations;
import assent.server.activation.Challenges;
import assent.server.activation.Pins;
import assent.server.activation.WithdrawalChallenges;
import assent.server.consent.Withdrawals;
import assent.server.delivery.Courier;
import assent.server.export.Exports;
import java.time.Clock;

/// What every session works with. Each of them is thread-safe.
public record SessionServices(
        SessionRules rules,
        SessionTimes times,
        Activations activations,
        Challenges challenges,
        WithdrawalChallenges withdrawalChallenges,
        Pins pins,
        Withdrawals withdrawals,
        Courier courier,
        Exports exports,
        LiveSessions live,
        Seats seats,
        SessionMeters meters,
        Clock clock) {}
