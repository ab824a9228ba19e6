package assent.protocol.wire;

import assent.protocol.ChallengeId;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.protocol.consent.PublicKey;
import assent.protocol.wire.proto.BlockAnswer;
import assent.protocol.wire.proto.Deliver;
import assent.protocol.wire.proto.SendResult;
import assent.protocol.wire.proto.Welcome;
import java.time.Duration;
import java.util.Optional;

/// Protobuf to [GatewayFrame].
final class GatewayFrameReader {
    private static final int TEXT_BYTES_MAX = 160;

    private GatewayFrameReader() {}

    static GatewayFrame read(assent.protocol.wire.proto.GatewayFrame frame) {
        return switch (frame.getFrameCase()) {
            case WELCOME -> welcome(frame.getWelcome());
            case NOTICE ->
                new GatewayFrame.NoticeText(Fields.document(frame.getNotice().getCanonical()));
            case ACTIVATION_CLOSED -> {
                var closed = frame.getActivationClosed();
                yield new GatewayFrame.ActivationClosed(
                        Fields.reason(closed.getReasonValue()), Fields.retryAfter(closed.getRetryAfterMillis()));
            }
            case APPROVAL_ACCEPTED -> {
                var accepted = frame.getApprovalAccepted();
                yield new GatewayFrame.ApprovalAccepted(
                        Fields.id(accepted.getConsentId(), ConsentId::new),
                        Fields.knownMethods(accepted.getMethodsList()),
                        Fields.duration(accepted.getExpiresInMillis()));
            }
            case CODE_SENT -> {
                var sent = frame.getCodeSent();
                yield new GatewayFrame.CodeSent(
                        Fields.id(sent.getChallengeId(), ChallengeId::new),
                        Fields.duration(sent.getExpiresInMillis()),
                        Fields.between(0, sent.getTriesLeft(), Integer.MAX_VALUE));
            }
            case SMS_REQUESTED -> {
                var requested = frame.getSmsRequested();
                yield new GatewayFrame.SmsRequested(
                        Fields.id(requested.getChallengeId(), ChallengeId::new),
                        Fields.text(requested.getServiceNumber(), TEXT_BYTES_MAX),
                        Fields.text(requested.getText(), TEXT_BYTES_MAX),
                        Fields.duration(requested.getExpiresInMillis()));
            }
            case ACTIVATED -> {
                var activated = frame.getActivated();
                yield new GatewayFrame.Activated(
                        Fields.id(activated.getDeviceId(), DeviceId::new),
                        Fields.document(activated.getReceipt()),
                        Fields.signature(activated.getReceiptSignature()));
            }
            case SIGNED_IN ->
                new GatewayFrame.SignedIn(Fields.atLeast(0, frame.getSignedIn().getEpoch()));
            case DELIVER -> deliver(frame.getDeliver());
            case SEND_RESULT -> sendResult(frame.getSendResult());
            case DELIVERY_RECEIPT ->
                new GatewayFrame.DeliveryReceipt(
                        Fields.id(frame.getDeliveryReceipt().getMessageId(), MessageId::new));
            case PIN_REQUIRED ->
                new GatewayFrame.PinRequired(
                        Fields.duration(frame.getPinRequired().getExpiresInMillis()),
                        Fields.between(0, frame.getPinRequired().getTriesLeft(), Integer.MAX_VALUE));
            case PIN_SET -> new GatewayFrame.PinSet();
            case INQUIRY_ANSWER ->
                new GatewayFrame.InquiryAnswer(
                        Fields.id(frame.getInquiryAnswer().getMessageId(), MessageId::new),
                        frame.getInquiryAnswer().getDelivered());
            case BLOCK_ANSWER -> blockAnswer(frame.getBlockAnswer());
            case RENEWAL_REQUIRED -> {
                var required = frame.getRenewalRequired();
                yield new GatewayFrame.RenewalRequired(
                        Fields.document(required.getNotice()),
                        Fields.time(required.getDeadlineMillis()),
                        required.getSuspended());
            }
            case CONSENT_RENEWED -> {
                var renewed = frame.getConsentRenewed();
                yield new GatewayFrame.ConsentRenewed(
                        Fields.document(renewed.getReceipt()), Fields.signature(renewed.getReceiptSignature()));
            }
            case WITHDRAWN -> {
                var withdrawn = frame.getWithdrawn();
                yield new GatewayFrame.Withdrawn(
                        Fields.document(withdrawn.getCertificate()),
                        Fields.signature(withdrawn.getCertificateSignature()));
            }
            case DATA_EXPORT -> {
                var export = frame.getDataExport();
                yield new GatewayFrame.DataExport(
                        Fields.between(0, export.getPart(), Integer.MAX_VALUE),
                        export.getLast(),
                        Fields.exportPart(export.getBytes()));
            }
            case REFUSED -> {
                var refused = frame.getRefused();
                yield new GatewayFrame.Refused(
                        Fields.reason(refused.getReasonValue()),
                        Fields.retryAfter(refused.getRetryAfterMillis()),
                        Fields.between(0, refused.getTriesLeft(), Integer.MAX_VALUE));
            }
            case GOODBYE -> {
                var goodbye = frame.getGoodbye();
                yield new GatewayFrame.Goodbye(
                        Fields.reason(goodbye.getReasonValue()), Fields.retryAfter(goodbye.getRetryAfterMillis()));
            }
            case PING -> new GatewayFrame.Ping(frame.getPing().getToken());
            case PONG -> new GatewayFrame.Pong(frame.getPong().getToken());
            case FRAME_NOT_SET -> throw new IllegalArgumentException("a frame of no known type");
        };
    }

    private static GatewayFrame welcome(Welcome welcome) {
        return new GatewayFrame.Welcome(
                welcome.getProtocolVersion(),
                Fields.exactly(Limits.NONCE_BYTES, welcome.getServerNonce()),
                Duration.ofMillis(Fields.between(1, welcome.getHeartbeatMillis(), Integer.MAX_VALUE)),
                Fields.between(1, welcome.getFrameBytesMax(), Limits.FRAME_BYTES_MAX),
                Fields.between(1, welcome.getBodyBytesMax(), Limits.BODY_BYTES_MAX),
                Fields.between(1, welcome.getSendsInFlightMax(), Integer.MAX_VALUE),
                Fields.between(1, welcome.getDeliveriesInFlightMax(), Integer.MAX_VALUE),
                Fields.exactly(PublicKey.POINT_BYTES, welcome.getSigningKey()));
    }

    private static GatewayFrame deliver(Deliver deliver) {
        return new GatewayFrame.Deliver(
                Fields.atLeast(1, deliver.getDeliveryNumber()),
                Fields.id(deliver.getMessageId(), MessageId::new),
                PhoneNumber.parse(deliver.getFrom()),
                Fields.bodyIfValid(deliver.getBodyType(), deliver.getBody(), deliver.getReadMarkWanted())
                        .orElseThrow(() -> new IllegalArgumentException("a body is out of bounds")),
                Fields.time(deliver.getAcceptedAtMillis()));
    }

    private static GatewayFrame blockAnswer(BlockAnswer answer) {
        Optional<Reason> refusal =
                answer.getReasonValue() == 0 ? Optional.empty() : Optional.of(Fields.reason(answer.getReasonValue()));
        Optional<Duration> retryAfter = Fields.retryAfter(answer.getRetryAfterMillis());
        return new GatewayFrame.BlockAnswer(answer.getToken(), refusal, refusal.flatMap(reason -> retryAfter));
    }

    private static GatewayFrame sendResult(SendResult result) {
        Outcome outcome = switch (result.getOutcome()) {
            case OUTCOME_DELIVERED -> Outcome.DELIVERED;
            case OUTCOME_QUEUED -> Outcome.QUEUED;
            case OUTCOME_FALL_BACK -> Outcome.FALL_BACK;
            case OUTCOME_REFUSED -> Outcome.REFUSED;
            case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("an outcome is missing or unknown");
        };
        Optional<Reason> reason =
                outcome == Outcome.REFUSED ? Optional.of(Fields.reason(result.getReasonValue())) : Optional.empty();
        return new GatewayFrame.SendResult(
                Fields.id(result.getMessageId(), MessageId::new),
                outcome,
                reason,
                Fields.retryAfter(result.getRetryAfterMillis()));
    }
}
