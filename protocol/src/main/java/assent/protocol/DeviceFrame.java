package assent.protocol;

import java.util.Optional;

/// A frame that a device sends to a gateway. Immutable.
///
/// Fields that a user or an attacker fills in freely stay as received where the answer to a bad
/// value is a refusal ([Claim#number], [Send#to], [Send#body]); everything else is checked by the
/// codec, which closes the connection.
public sealed interface DeviceFrame {
    /// Opens the conversation; nothing personal is in it.
    record Hello(int protocolVersion, String clientVersion, String locale) implements DeviceFrame {}

    /// Asks for the notice in a language, for a country. The country is coarse on purpose: policy
    /// is per country.
    ///
    /// @param invitation the code of an invitation, as the user typed it
    record NoticeRequest(String locale, int countryCallingCode, Optional<String> invitation) implements DeviceFrame {
        /// Without an invitation.
        public NoticeRequest(String locale, int countryCallingCode) {
            this(locale, countryCallingCode, Optional.empty());
        }

        @Override
        public String toString() {
            return "NoticeRequest[" + locale + ", " + countryCallingCode
                    + (invitation.isPresent() ? ", invited]" : "]");
        }
    }

    /// The user's yes: canonical bytes of a [assent.protocol.consent.ConsentGrant] and the device
    /// key's signature of them.
    record Approval(Bytes grant, Bytes signature) implements DeviceFrame {}

    /// Names the device's number; legal only after its approval was accepted. The number is as received.
    record Claim(ConsentId consentId, String number, ProofMethod method) implements DeviceFrame {
        @Override
        public String toString() {
            return "Claim[" + consentId + ", number hidden, " + method + "]";
        }
    }

    /// The code that the user typed.
    record CodeAnswer(ChallengeId challengeId, String code) implements DeviceFrame {
        @Override
        public String toString() {
            return "CodeAnswer[" + challengeId + ", code hidden]";
        }
    }

    /// Signs in an activated device; see [assent.protocol.consent.SignInProof] for the signed bytes.
    record SignIn(DeviceId deviceId, Bytes signature) implements DeviceFrame {}

    /// A message to another number. Empty `body` or `delivery` means that what came was out of
    /// bounds, which is answered with a refusal; nothing is lost by it.
    ///
    /// @param askedBefore this message id was sent before, so the gateway asks its store first
    record Send(
            MessageId messageId, String to, Optional<Body> body, Optional<DeliveryOption> delivery, boolean askedBefore)
            implements DeviceFrame {
        /// A message that is sent for the first time.
        public Send(MessageId messageId, String to, Optional<Body> body, Optional<DeliveryOption> delivery) {
            this(messageId, to, body, delivery, false);
        }

        @Override
        public String toString() {
            return "Send[" + messageId + ", recipient and body hidden]";
        }
    }

    /// Every delivery of this connection up to and including `through` is safe on the phone.
    record Acknowledge(long through) implements DeviceFrame {}

    /// Asks whether a message that was queued has reached its device. The recipient is as received.
    record Inquire(MessageId messageId, String to) implements DeviceFrame {
        @Override
        public String toString() {
            return "Inquire[" + messageId + ", recipient hidden]";
        }
    }

    /// From the answer on, what this number sends is not taken for this user. The number is as received.
    ///
    /// @param token comes back in the [GatewayFrame.BlockAnswer]
    record Block(long token, String number) implements DeviceFrame {
        @Override
        public String toString() {
            return "Block[" + token + ", number hidden]";
        }
    }

    /// Takes a [Block] back.
    record Unblock(long token, String number) implements DeviceFrame {
        @Override
        public String toString() {
            return "Unblock[" + token + ", number hidden]";
        }
    }

    /// The user's off switch: canonical bytes of a [assent.protocol.consent.WithdrawalRequest] and
    /// their signature.
    record Withdraw(Bytes request, Bytes signature) implements DeviceFrame {}

    /// The user's yes to the notice of a [GatewayFrame.RenewalRequired]: canonical bytes of a
    /// [assent.protocol.consent.ConsentGrant] and the activation key's signature of them.
    record Renewal(Bytes grant, Bytes signature) implements DeviceFrame {}

    /// The lost phone's off switch: names a number whose SMS this device gets, to have whatever is
    /// activated for it erased. Nothing is approved and nothing can be activated by it. The number is
    /// as received.
    record WithdrawalClaim(String number, ProofMethod method) implements DeviceFrame {
        @Override
        public String toString() {
            return "WithdrawalClaim[number hidden, " + method + "]";
        }
    }

    /// Sets the number's registration PIN; an empty one clears it. As received.
    record SetPin(String pin) implements DeviceFrame {
        @Override
        public String toString() {
            return "SetPin[pin hidden]";
        }
    }

    /// The registration PIN that the user typed on another device.
    record PinAnswer(String pin) implements DeviceFrame {
        @Override
        public String toString() {
            return "PinAnswer[pin hidden]";
        }
    }

    /// Asks for everything that the gateway holds about this device; [GatewayFrame.DataExport]s follow.
    record DataRequest() implements DeviceFrame {}

    record Ping(long token) implements DeviceFrame {}

    record Pong(long token) implements DeviceFrame {}
}
