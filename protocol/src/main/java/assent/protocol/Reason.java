package assent.protocol;

/// Why a step was refused or a connection ends. The numbers are on the wire and never reused;
/// `docs/protocol.md` says for each what a client does next.
public enum Reason {
    // The peer broke the protocol: Goodbye.
    /// A frame declared a length above the limit, or a length of zero.
    FRAME_TOO_LARGE(1),
    /// A frame was not the protobuf message that it should be, or a field of it is out of bounds.
    FRAME_MALFORMED(2),
    /// The frame is not legal in this state.
    FRAME_UNEXPECTED(3),
    /// The first frame was not a Hello.
    HELLO_REQUIRED(4),
    /// The gateway does not speak this protocol version.
    VERSION_UNSUPPORTED(5),
    /// A claim came before an approval was stored.
    CONSENT_REQUIRED(6),
    /// An acknowledgement names a delivery that this connection never had.
    ACKNOWLEDGEMENT_INVALID(7),

    // The connection ends for another reason: Goodbye.
    /// The connection was neither activated nor signed in within the time given.
    HANDSHAKE_TIMEOUT(20),
    /// Nothing was heard from the device for three heartbeats.
    HEARTBEAT_MISSED(21),
    /// The device did not read what was sent to it for too long.
    TOO_SLOW(22),
    /// The gateway has as many connections as it may have.
    OVERLOADED(23),
    /// The gateway is stopping; another, or the same one later, will answer.
    SHUTTING_DOWN(24),
    /// No such device, or the signature does not fit: the gateway does not say which.
    SIGN_IN_REFUSED(25),
    /// The same device signed in on a newer connection.
    SESSION_TAKEN_OVER(26),
    /// The number was activated on another device.
    ACTIVATION_REPLACED(27),
    /// The user withdrew: this connection's activation is erased.
    WITHDRAWN(28),
    /// The gateway failed; the failure is counted on its side.
    INTERNAL(29),
    /// An operator ended the session; the device may sign in again.
    SIGNED_OUT(30),

    // Activation is closed by policy: ActivationClosed.
    /// The operator paused activation.
    ACTIVATION_PAUSED(40),
    /// The operator does not offer activation in this country.
    COUNTRY_CLOSED(41),
    /// There is no notice in this language, nor in a fallback of it.
    LOCALE_UNAVAILABLE(42),
    /// The operator offers activation here to those with an invitation.
    INVITATION_REQUIRED(43),
    /// The invitation is mistyped, revoked or too old: the gateway does not say which.
    INVITATION_INVALID(44),
    /// The invitation is another's already: Refused.
    INVITATION_USED(45),

    // An approval was refused: Refused.
    /// The grant is not in canonical form.
    GRANT_MALFORMED(50),
    /// The grant's notice is not the one that this connection was given.
    NOTICE_NOT_SHOWN(51),
    /// The grant's locale is not that of the notice.
    LOCALE_MISMATCH(52),
    /// The grant's country is not the one that the notice was asked for, or the claimed number is
    /// of another.
    COUNTRY_MISMATCH(53),
    /// The grant was made for another connection: a replay.
    NONCE_MISMATCH(54),
    /// The grant's purposes are not those of the notice.
    PURPOSES_MISMATCH(55),
    /// The signature is not the device key's over these bytes.
    SIGNATURE_INVALID(56),

    // A renewal was refused, or a claim whose notice has been replaced: Refused.
    /// This connection was not asked for a renewal: the consent in force stands.
    RENEWAL_NOT_ASKED(57),
    /// The grant's key is not the activation's.
    KEY_MISMATCH(58),
    /// The notice that was approved has been replaced by one that needs an approval of its own.
    NOTICE_REPLACED(59),

    // A claim was refused: Refused.
    /// The claim's consent is not the one that this connection approved.
    CONSENT_UNKNOWN(70),
    /// The consent was not claimed in time and is erased: approve again.
    CONSENT_EXPIRED(71),
    /// Not an E.164 number.
    NUMBER_INVALID(72),
    /// Policy does not allow this proof method here.
    METHOD_NOT_ALLOWED(73),
    /// The way to the carrier is down; nothing was sent, nothing registered.
    CARRIER_UNAVAILABLE(74),
    /// The carrier refused the SMS; nothing registered.
    CARRIER_REFUSED(75),
    /// As many SMS as may be were sent to this number, or were asked for from here, or were sent at all.
    SMS_LIMIT(76),

    // A proof was refused: Refused.
    /// The code is not the one that was sent.
    CODE_WRONG(90),
    /// The code, or the text to send, is too old.
    CODE_EXPIRED(91),
    /// The code has been used.
    CODE_USED(92),
    /// The challenge belongs to another device's claim.
    CODE_FOR_ANOTHER_CLAIM(93),
    /// The connection that asked for the code is gone, and the code with it.
    CODE_ABANDONED(94),
    /// A newer code was sent.
    CODE_REPLACED(95),
    /// No such challenge.
    CHALLENGE_UNKNOWN(96),
    /// The number has no tries left for now.
    TOO_MANY_TRIES(97),

    // A withdrawal by number has come to its end: Goodbye.
    /// The number is proved, and nothing is activated for it: there is nothing to erase.
    NOTHING_HELD(98),

    // A registration PIN was refused: Refused.
    /// Not the PIN that the number's user has set.
    PIN_WRONG(99),
    /// Too short, too long, or with other characters than a PIN may have.
    PIN_INVALID(100),

    // A send was refused: SendResult.
    /// The recipient is not an E.164 number.
    RECIPIENT_INVALID(110),
    /// The body is empty, too long, or not of a known type.
    BODY_INVALID(111),
    /// The connection has as many sends without a result as it may have.
    TOO_MANY_IN_FLIGHT(112),
    /// The mailbox takes no more.
    MAILBOX_FULL(113),
    /// The delivery option is missing or out of bounds.
    DELIVERY_OPTION_INVALID(114),
    /// The sender's own activation is suspended until its user approves the notice on show.
    SUSPENDED(115),
    /// The device has written to as many numbers today as it may.
    RECIPIENT_LIMIT(116),

    // Any step: the gateway cannot do it now.
    /// The store cannot take it now.
    STORE_UNAVAILABLE(130),

    // A block was refused: BlockAnswer.
    /// Not an E.164 number, or the device's own.
    BLOCK_NUMBER_INVALID(140),
    /// The user blocks as many numbers as may be blocked.
    BLOCK_LIMIT(141),
    /// The connection has as many requests without an answer as it may have.
    TOO_MANY_BLOCK_REQUESTS(142),

    // A data export was refused, or broke off: Refused.
    /// The device had an export less than a minute ago.
    EXPORT_TOO_SOON(150),
    /// The device's last request is still being answered.
    EXPORT_RUNNING(151),
    /// The gateway answers as many requests as it may at once.
    EXPORT_BUSY(152),
    /// The store cannot be read now. What came of the export is void.
    EXPORT_INTERRUPTED(153);

    private final int wireCode;

    Reason(int wireCode) {
        this.wireCode = wireCode;
    }

    public int wireCode() {
        return wireCode;
    }
}
