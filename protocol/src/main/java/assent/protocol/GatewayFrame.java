package assent.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A frame that a gateway sends to a device. Immutable.
public sealed interface GatewayFrame {
    /// Answers Hello: what this connection is bound to and what it may do.
    ///
    /// @param serverNonce fresh for each connection; approvals, sign-ins and withdrawals are bound
    ///     to it
    /// @param heartbeat a side that hears nothing for three of these closes the connection
    /// @param signingKey the key that countersigns receipts and erasure certificates, uncompressed
    ///     P-256 point
    record Welcome(
            int protocolVersion,
            Bytes serverNonce,
            Duration heartbeat,
            int frameBytesMax,
            int bodyBytesMax,
            int sendsInFlightMax,
            int deliveriesInFlightMax,
            Bytes signingKey)
            implements GatewayFrame {}

    /// The canonical bytes of a [assent.protocol.consent.Notice].
    record NoticeText(Bytes canonical) implements GatewayFrame {}

    /// Policy takes no activations now. An empty `retryAfter` means that nobody knows.
    record ActivationClosed(Reason reason, Optional<Duration> retryAfter) implements GatewayFrame {}

    record ApprovalAccepted(ConsentId consentId, List<ProofMethod> methods, Duration expiresIn)
            implements GatewayFrame {
        public ApprovalAccepted {
            methods = List.copyOf(methods);
        }
    }

    /// A code is on its way by SMS. `triesLeft` is the number's, whatever codes it was sent.
    record CodeSent(ChallengeId challengeId, Duration expiresIn, int triesLeft) implements GatewayFrame {}

    /// The device is to send `text` to `serviceNumber` by SMS. Its arrival from the claimed number
    /// is the proof.
    record SmsRequested(ChallengeId challengeId, String serviceNumber, String text, Duration expiresIn)
            implements GatewayFrame {
        @Override
        public String toString() {
            return "SmsRequested[" + challengeId + ", text hidden]";
        }
    }

    /// The number is bound to the device's key. The receipt is a
    /// [assent.protocol.consent.ConsentReceipt].
    record Activated(DeviceId deviceId, Bytes receipt, Bytes receiptSignature) implements GatewayFrame {}

    /// @param epoch fencing number of this live session; a higher one wins
    record SignedIn(long epoch) implements GatewayFrame {}

    /// A message for this device. Numbers count 1, 2, 3, … on each connection anew.
    record Deliver(long deliveryNumber, MessageId messageId, PhoneNumber from, Body body, Instant acceptedAt)
            implements GatewayFrame {}

    /// @param reason with [Outcome#REFUSED] only
    /// @param retryAfter with [Outcome#REFUSED]; empty means that the same send will be refused again
    record SendResult(MessageId messageId, Outcome outcome, Optional<Reason> reason, Optional<Duration> retryAfter)
            implements GatewayFrame {
        public SendResult {
            if (reason.isPresent() != (outcome == Outcome.REFUSED)) {
                throw new IllegalArgumentException("a send result has a reason if and only if it is a refusal");
            }
        }

        public static SendResult of(MessageId messageId, Outcome outcome) {
            return new SendResult(messageId, outcome, Optional.empty(), Optional.empty());
        }

        public static SendResult refused(MessageId messageId, Reason reason, Optional<Duration> retryAfter) {
            return new SendResult(messageId, Outcome.REFUSED, Optional.of(reason), retryAfter);
        }
    }

    /// A message that was queued has now reached its device.
    record DeliveryReceipt(MessageId messageId) implements GatewayFrame {}

    /// Answers an [DeviceFrame.Inquire]. Not delivered means that the gateway has nothing to tell:
    /// the message waits, is gone, or was never there.
    record InquiryAnswer(MessageId messageId, boolean delivered) implements GatewayFrame {}

    /// Answers a [DeviceFrame.Block] or [DeviceFrame.Unblock] by its token. Without a refusal it is
    /// done, and durable.
    ///
    /// @param retryAfter with a refusal; empty means that the same request will be refused again
    record BlockAnswer(long token, Optional<Reason> refusal, Optional<Duration> retryAfter) implements GatewayFrame {
        public BlockAnswer {
            if (refusal.isEmpty() && retryAfter.isPresent()) {
                throw new IllegalArgumentException("what is done needs no retry");
            }
        }
    }

    /// The notice has changed in a way that needs the user's approval anew.
    ///
    /// @param notice canonical bytes of the [assent.protocol.consent.Notice] to approve
    /// @param deadline by the gateway's clock
    /// @param suspended the deadline is over: until the approval no texts come or go
    record RenewalRequired(Bytes notice, Instant deadline, boolean suspended) implements GatewayFrame {}

    /// The user's approval is stored. The receipt, which is now in force, is a
    /// [assent.protocol.consent.ConsentReceipt].
    record ConsentRenewed(Bytes receipt, Bytes receiptSignature) implements GatewayFrame {}

    /// The certificate is an [assent.protocol.consent.ErasureCertificate].
    record Withdrawn(Bytes certificate, Bytes certificateSignature) implements GatewayFrame {}

    /// The number is proved, and its user has set a registration PIN: the device is to answer with it.
    ///
    /// @param expiresIn how long the proof is good for
    /// @param triesLeft the number's, today
    record PinRequired(Duration expiresIn, int triesLeft) implements GatewayFrame {}

    /// Answers a [DeviceFrame.SetPin].
    record PinSet() implements GatewayFrame {}

    /// A piece of the answer to a [DeviceFrame.DataRequest]: all pieces in order are one JSON text
    /// in UTF-8.
    ///
    /// @param part counts from 0
    /// @param bytes 1 to [Limits#EXPORT_PART_BYTES_MAX] bytes; a piece may end within a character
    record DataExport(int part, boolean last, Bytes bytes) implements GatewayFrame {}

    /// A step was refused; the connection stays.
    ///
    /// @param retryAfter empty: retrying the same step will not help
    /// @param triesLeft with the reasons that begin with CODE, and PIN_WRONG; otherwise zero
    record Refused(Reason reason, Optional<Duration> retryAfter, int triesLeft) implements GatewayFrame {}

    /// The last frame before the gateway closes.
    ///
    /// @param retryAfter empty: reconnecting will not help
    record Goodbye(Reason reason, Optional<Duration> retryAfter) implements GatewayFrame {}

    record Ping(long token) implements GatewayFrame {}

    record Pong(long token) implements GatewayFrame {}
}
