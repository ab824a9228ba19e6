package assent.server.session;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.ConsentId;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.Notice;
import assent.server.activation.Challenge;
import assent.server.activation.ChallengeBook;
import assent.server.activation.ChallengePurpose;
import assent.server.activation.PassedPin;
import assent.server.activation.UnclaimedConsent;
import assent.server.session.SessionState.Announcement;
import assent.server.store.Activation;
import assent.server.store.PinHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a step asks to be done. Immutable; [Session] performs them in order.
public sealed interface Effect {
    record Reply(GatewayFrame frame) implements Effect {}

    /// Says goodbye with the reason and closes the connection.
    record Close(Reason reason, Optional<Duration> retryAfter) implements Effect {}

    /// From now on frames of full length are taken.
    record AllowFullFrames() implements Effect {}

    /// An [SessionEvent.ApprovalRecorded] follows.
    record RecordApproval(ConsentGrant grant, Bytes grantBytes, Bytes signature, Notice notice) implements Effect {}

    /// A [SessionEvent.ChallengeOpened] follows.
    record OpenChallenge(UnclaimedConsent consent, PhoneNumber number, ProofMethod method) implements Effect {}

    /// A [SessionEvent.ChallengeOpened] follows.
    record OpenWithdrawal(Bytes serverNonce, PhoneNumber number, ProofMethod method, String locale) implements Effect {}

    /// A [SessionEvent.CodeJudged] follows.
    record JudgeCode(ChallengePurpose purpose, ChallengeId challengeId, String code) implements Effect {
        @Override
        public String toString() {
            return "JudgeCode[" + challengeId + ", code hidden]";
        }
    }

    record CloseChallenge(ChallengeId challengeId, ChallengeBook.Fate fate) implements Effect {}

    /// A [SessionEvent.NumberBound] follows.
    ///
    /// @param pin the number's registration PIN, if it was asked for and given
    record BindNumber(UnclaimedConsent consent, Challenge passed, Optional<PassedPin> pin) implements Effect {}

    /// A [SessionEvent.PinJudged] follows.
    record JudgePin(PhoneNumber number, PinHash expected, String pin) implements Effect {
        @Override
        public String toString() {
            return "JudgePin[hidden]";
        }
    }

    /// A [SessionEvent.PinStored] follows.
    record SetPin(DeviceId deviceId, String pin) implements Effect {
        @Override
        public String toString() {
            return "SetPin[" + deviceId + ", pin hidden]";
        }
    }

    /// An approval that came to nothing is erased.
    record ForgetApproval(ConsentId consentId) implements Effect {}

    /// A [SessionEvent.SignInJudged] follows.
    record JudgeSignIn(DeviceId deviceId, Bytes signature) implements Effect {}

    /// Puts the session into the table of live sessions, in the place of any other of this number, which
    /// is ended. A [SessionEvent.LiveConfirmed] follows.
    record GoLive(Activation activation) implements Effect {}

    /// Tells the device that it is live, and starts to deliver its mailbox.
    record Announce(Activation activation, Announcement announcement) implements Effect {}

    record Dispatch(DeviceFrame.Send send) implements Effect {}

    record Inquire(DeviceFrame.Inquire inquire) implements Effect {}

    record Block(DeviceFrame.Block block) implements Effect {}

    record Unblock(DeviceFrame.Unblock unblock) implements Effect {}

    /// Frames with what is held about the device follow, or a refusal.
    record Export() implements Effect {}

    record Acknowledge(long through) implements Effect {}

    /// A [SessionEvent.StandingChanged] follows at the deadline.
    record AwaitDeadline(Instant deadline) implements Effect {}

    /// A [SessionEvent.RenewalStored] follows.
    record Renew(Activation activation, ConsentGrant grant, Bytes signature, Notice notice) implements Effect {}

    /// The activation is suspended no more: what waits is delivered.
    record DeliverAgain() implements Effect {}

    /// A [SessionEvent.ActivationErased] follows.
    record Erase(DeviceFrame.Withdraw withdraw, PhoneNumber number, DeviceId deviceId) implements Effect {}

    /// Erases whatever is activated for the number. A [SessionEvent.ActivationErased] follows.
    record EraseNumber(PhoneNumber number, Instant requestedAt) implements Effect {}

    /// The number's live session, whichever it is, looks whether its activation is still there, and
    /// ends with this reason if not.
    record LookAgain(PhoneNumber number, Reason reason) implements Effect {}

    /// The event is looked at again in a moment.
    record Later(SessionEvent event) implements Effect {}

    /// The session is live no more; what it did not deliver goes to the mailbox.
    record GoDark() implements Effect {}
}
