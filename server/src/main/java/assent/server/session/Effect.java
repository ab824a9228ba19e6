package assent.server.session;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
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
import assent.server.activation.Invitation;
import assent.server.activation.PassedPin;
import assent.server.activation.UnclaimedConsent;
import assent.server.session.SessionState.Announcement;
import assent.server.store.Holder;
import assent.server.store.PinHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a step asks to be done. Immutable; [Session] has them performed in order.
public sealed interface Effect {
    /// What the connection does.
    sealed interface OnConnection extends Effect {}

    /// What is asked of the services; [Requests] does it.
    sealed interface OnServices extends Effect {}

    /// What concerns the place among the live sessions; [Place] does it.
    sealed interface OnPlace extends Effect {}

    /// What is done at the seat of a live session; [Seat] does it.
    sealed interface OnSeat extends Effect {}

    record Reply(GatewayFrame frame) implements OnConnection {}

    /// Says goodbye with the reason and closes the connection.
    record Close(Reason reason, Optional<Duration> retryAfter) implements OnConnection {}

    /// From now on frames of full length are taken.
    record AllowFullFrames() implements OnConnection {}

    /// An [SessionEvent.ApprovalRecorded] follows.
    record RecordApproval(
            ConsentGrant grant, Bytes grantBytes, Bytes signature, Notice notice, Optional<Invitation> invitation)
            implements OnServices {}

    /// A [SessionEvent.ChallengeOpened] follows.
    record OpenChallenge(UnclaimedConsent consent, PhoneNumber number, ProofMethod method) implements OnServices {}

    /// A [SessionEvent.ChallengeOpened] follows.
    record OpenWithdrawal(Bytes serverNonce, PhoneNumber number, ProofMethod method, String locale)
            implements OnServices {}

    /// A [SessionEvent.CodeJudged] follows.
    record JudgeCode(ChallengePurpose purpose, ChallengeId challengeId, String code) implements OnServices {
        @Override
        public String toString() {
            return "JudgeCode[" + challengeId + ", code hidden]";
        }
    }

    record CloseChallenge(ChallengeId challengeId, ChallengeBook.Fate fate) implements OnServices {}

    /// A [SessionEvent.NumberBound] follows.
    ///
    /// @param pin the number's registration PIN, if it was asked for and given
    record BindNumber(UnclaimedConsent consent, Challenge passed, Optional<PassedPin> pin) implements OnServices {}

    /// A [SessionEvent.PinJudged] follows.
    record JudgePin(PhoneNumber number, PinHash expected, String pin) implements OnServices {
        @Override
        public String toString() {
            return "JudgePin[hidden]";
        }
    }

    /// A [SessionEvent.PinStored] follows.
    record SetPin(DeviceId deviceId, String pin) implements OnServices {
        @Override
        public String toString() {
            return "SetPin[" + deviceId + ", pin hidden]";
        }
    }

    /// An approval that came to nothing is erased.
    record ForgetApproval(UnclaimedConsent consent) implements OnServices {}

    /// A [SessionEvent.SignInJudged] follows.
    record JudgeSignIn(DeviceId deviceId, Bytes signature) implements OnServices {}

    /// Puts the session into the table of live sessions, in the place of any other of this number, which
    /// is ended. A [SessionEvent.LiveConfirmed] follows.
    record GoLive(Holder holder) implements OnPlace {}

    /// Tells the device that it is live, and starts to deliver its mailbox.
    record Announce(Holder holder, Announcement announcement) implements OnPlace {}

    record Dispatch(DeviceFrame.Send send) implements OnSeat {}

    record Inquire(DeviceFrame.Inquire inquire) implements OnSeat {}

    record Block(DeviceFrame.Block block) implements OnSeat {}

    record Unblock(DeviceFrame.Unblock unblock) implements OnSeat {}

    /// Frames with what is held about the device follow, or a refusal.
    record Export() implements OnSeat {}

    record Acknowledge(long through) implements OnSeat {}

    /// A [SessionEvent.StandingChanged] follows at the deadline.
    record AwaitDeadline(Instant deadline) implements Effect {}

    /// A [SessionEvent.RenewalStored] follows.
    record Renew(Holder holder, ConsentGrant grant, Bytes signature, Notice notice) implements OnServices {}

    /// Ask for the receipt of a renewal that is in force already.
    ///
    /// @param grant canonical bytes of what the device says it approved
    record RepeatReceipt(Holder holder, Bytes grant) implements OnServices {}

    /// The activation is suspended no more: what waits is delivered.
    record DeliverAgain() implements OnSeat {}

    /// A [SessionEvent.ActivationErased] follows.
    record Erase(DeviceFrame.Withdraw withdraw, PhoneNumber number, DeviceId deviceId) implements OnServices {}

    /// Erases whatever is activated for the number. A [SessionEvent.ActivationErased] follows.
    record EraseNumber(PhoneNumber number, Instant requestedAt) implements OnServices {}

    /// The number's live session, whichever it is, looks whether its activation is still there, and
    /// ends with this reason if not.
    record LookAgain(PhoneNumber number, Reason reason) implements OnPlace {}

    /// The event is looked at again in a moment.
    record Later(SessionEvent event) implements Effect {}

    /// The session is live no more; what it did not deliver goes to the mailbox.
    record GoDark() implements OnPlace {}
}
