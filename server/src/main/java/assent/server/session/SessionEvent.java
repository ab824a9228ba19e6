package assent.server.session;

import assent.protocol.ChallengeId;
import assent.protocol.DeviceFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.activation.Activations;
import assent.server.activation.Judgement;
import assent.server.activation.Opening;
import assent.server.activation.PinJudgement;
import assent.server.activation.PinSetting;
import assent.server.activation.Renewals;
import assent.server.consent.Withdrawals;
import assent.server.policy.NoticeRule;
import java.time.Duration;
import java.util.Optional;

/// What can happen to a connection. Immutable.
public sealed interface SessionEvent {
    /// The device sent a frame.
    record Arrived(DeviceFrame frame) implements SessionEvent {}

    /// The device's bytes were no frame.
    record Violated(Reason reason) implements SessionEvent {}

    /// An approval was stored, or not.
    record ApprovalRecorded(Activations.Recording recording) implements SessionEvent {}

    /// A challenge was opened, or not.
    record ChallengeOpened(Opening opening) implements SessionEvent {}

    /// A code was judged.
    record CodeJudged(Judgement judgement) implements SessionEvent {}

    /// The text of a challenge came in by SMS from the claimed number.
    record NumberProved(ChallengeId challengeId) implements SessionEvent {}

    /// The number was bound to the device, or not.
    record NumberBound(Activations.Binding binding) implements SessionEvent {}

    /// A registration PIN was judged.
    record PinJudged(PinJudgement judgement) implements SessionEvent {}

    /// A registration PIN was set, or not.
    record PinStored(PinSetting setting) implements SessionEvent {}

    /// A sign-in was judged.
    record SignInJudged(Activations.SigningIn signingIn) implements SessionEvent {}

    /// The activation is still there, or not; empty if the store cannot say.
    record LiveConfirmed(Optional<Boolean> present) implements SessionEvent {}

    /// The deadline of a renewal may be over, or the rule on notices has changed.
    ///
    /// @param before the rule that has been replaced, if one has
    record StandingChanged(Optional<NoticeRule> before) implements SessionEvent {}

    /// A renewal was stored, or not.
    record RenewalStored(Renewals.Result result) implements SessionEvent {}

    /// The activation was erased, or not.
    record ActivationErased(PhoneNumber number, Withdrawals.Result result) implements SessionEvent {}

    /// The gateway ends the connection: a time-out, a newer session, a withdrawal elsewhere, a shutdown.
    record Ended(Reason reason, Optional<Duration> retryAfter) implements SessionEvent {}

    /// The connection is gone.
    record Disconnected() implements SessionEvent {}
}
