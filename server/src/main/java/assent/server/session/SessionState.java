package assent.server.session;

import assent.protocol.Bytes;
import assent.protocol.Reason;
import assent.protocol.consent.Notice;
import assent.server.activation.Challenge;
import assent.server.activation.Invitation;
import assent.server.activation.UnclaimedConsent;
import assent.server.store.Holder;
import assent.server.store.PinHash;
import java.time.Instant;
import java.util.Optional;

/// Where a connection stands. Each state owns its data; nothing in it is missing or meaningless.
/// Immutable.
///
/// ``` Connected --Hello--> Greeted --NoticeRequest--> Noticed --Approval--> Approved --Claim-->
/// Challenged |                                                                     | SignIn
/// proof |                                                                     |
/// +----------------------> GoingLive ---confirmed---> Active  <---------+ (by GoingLive)
///
/// Challenged --proof, and the number has a PIN--> PinAwaited --PIN--> GoingLive
///
/// Greeted --WithdrawalClaim--> WithdrawalClaimed --proof--> Closed
///
/// any state --violation, time-out, end--> Closed
/// ```
///
/// While the gateway works on a step the connection is [Busy], with the state that it came from
/// inside.
public sealed interface SessionState {
    /// TLS is up; nothing was said.
    record Connected() implements SessionState {}

    /// The device has the server nonce, and may ask for a notice or sign in.
    ///
    /// @param locale the user's language, as the Hello gave it
    record Greeted(String locale) implements SessionState {}

    /// A notice is on the device's screen.
    ///
    /// @param countryCallingCode what it was asked for with
    /// @param invitation likewise, where one is needed
    record Noticed(Notice notice, int countryCallingCode, Optional<Invitation> invitation) implements SessionState {
        Noticed(Notice notice, int countryCallingCode) {
            this(notice, countryCallingCode, Optional.empty());
        }
    }

    /// The approval is stored; a number may be claimed.
    record Approved(UnclaimedConsent consent) implements SessionState {}

    /// A proof is awaited.
    record Challenged(UnclaimedConsent consent, Challenge challenge) implements SessionState {}

    /// The number is proved, and the registration PIN of its user is awaited.
    ///
    /// @param passed the challenge, which is used
    /// @param expiresAt until then the proof is good
    record PinAwaited(UnclaimedConsent consent, Challenge passed, PinHash pin, Instant expiresAt)
            implements SessionState {}

    /// A proof is awaited that somebody gets the SMS of a number, to switch it off.
    ///
    /// @param locale of the SMS
    /// @param claimedAt when the user asked for it
    record WithdrawalClaimed(String locale, Challenge challenge, Instant claimedAt) implements SessionState {}

    /// Others find the session already, and the gateway looks whether the activation is still there.
    record GoingLive(Holder holder, Announcement announcement) implements SessionState {}

    /// The device is signed in.
    record Active(Holder holder) implements SessionState {}

    /// The gateway works on a step that began in `before`.
    record Busy(SessionState before, Work work) implements SessionState {}

    /// The conversation is over.
    ///
    /// @param reason what the gateway said; empty if the device left by itself
    record Closed(Optional<Reason> reason) implements SessionState {}

    /// What the gateway works on.
    enum Work {
        STORING_APPROVAL,
        OPENING_CHALLENGE,
        JUDGING_CODE,
        BINDING_NUMBER,
        JUDGING_PIN,
        JUDGING_SIGN_IN,
        SETTING_PIN,
        RENEWING,
        ERASING
    }

    /// How the device is told that its session is live.
    sealed interface Announcement {
        record Activated(Bytes receipt, Bytes receiptSignature) implements Announcement {}

        record SignedIn() implements Announcement {}
    }

    /// For logs: the state's name, nothing of its data.
    default String name() {
        return this instanceof Busy busy
                ? busy.before().name() + "/" + busy.work()
                : getClass().getSimpleName();
    }

    /// Whether a stored approval stands behind this connection: before that no number may be named.
    default boolean hasConsent() {
        return switch (this) {
            case Connected ignored -> false;
            case Greeted ignored -> false;
            case Noticed ignored -> false;
            case Approved ignored -> true;
            case Challenged ignored -> true;
            case PinAwaited ignored -> true;
            case WithdrawalClaimed ignored -> false;
            case GoingLive ignored -> true;
            case Active ignored -> true;
            case Busy busy -> busy.before().hasConsent();
            case Closed ignored -> false;
        };
    }
}
