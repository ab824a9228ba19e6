package assent.protocol.wire;

import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.protocol.wire.proto.Activated;
import assent.protocol.wire.proto.ActivationClosed;
import assent.protocol.wire.proto.ApprovalAccepted;
import assent.protocol.wire.proto.BlockAnswer;
import assent.protocol.wire.proto.CodeSent;
import assent.protocol.wire.proto.ConsentRenewed;
import assent.protocol.wire.proto.DataExport;
import assent.protocol.wire.proto.Deliver;
import assent.protocol.wire.proto.DeliveryReceipt;
import assent.protocol.wire.proto.Goodbye;
import assent.protocol.wire.proto.InquiryAnswer;
import assent.protocol.wire.proto.Notice;
import assent.protocol.wire.proto.PinRequired;
import assent.protocol.wire.proto.PinSet;
import assent.protocol.wire.proto.Ping;
import assent.protocol.wire.proto.Pong;
import assent.protocol.wire.proto.Refused;
import assent.protocol.wire.proto.RenewalRequired;
import assent.protocol.wire.proto.SendResult;
import assent.protocol.wire.proto.SignedIn;
import assent.protocol.wire.proto.SmsRequested;
import assent.protocol.wire.proto.Welcome;
import assent.protocol.wire.proto.Withdrawn;

/// [GatewayFrame] to protobuf.
final class GatewayFrameWriter {
    private GatewayFrameWriter() {}

    static assent.protocol.wire.proto.GatewayFrame write(GatewayFrame frame) {
        var out = assent.protocol.wire.proto.GatewayFrame.newBuilder();
        switch (frame) {
            case GatewayFrame.Welcome welcome -> out.setWelcome(welcome(welcome));
            case GatewayFrame.NoticeText(var canonical) ->
                out.setNotice(Notice.newBuilder().setCanonical(Fields.bytes(canonical)));
            case GatewayFrame.ActivationClosed(var reason, var retryAfter) ->
                out.setActivationClosed(ActivationClosed.newBuilder()
                        .setReasonValue(reason.wireCode())
                        .setRetryAfterMillis(Fields.retryAfter(retryAfter)));
            case GatewayFrame.ApprovalAccepted(var consentId, var methods, var expiresIn) ->
                out.setApprovalAccepted(ApprovalAccepted.newBuilder()
                        .setConsentId(Fields.id(consentId))
                        .addAllMethods(methods.stream().map(Fields::method).toList())
                        .setExpiresInMillis(expiresIn.toMillis()));
            case GatewayFrame.CodeSent(var challengeId, var expiresIn, var triesLeft) ->
                out.setCodeSent(CodeSent.newBuilder()
                        .setChallengeId(Fields.id(challengeId))
                        .setExpiresInMillis(expiresIn.toMillis())
                        .setTriesLeft(triesLeft));
            case GatewayFrame.SmsRequested(var challengeId, var serviceNumber, var text, var expiresIn) ->
                out.setSmsRequested(SmsRequested.newBuilder()
                        .setChallengeId(Fields.id(challengeId))
                        .setServiceNumber(serviceNumber)
                        .setText(text)
                        .setExpiresInMillis(expiresIn.toMillis()));
            case GatewayFrame.Activated(var deviceId, var receipt, var signature) ->
                out.setActivated(Activated.newBuilder()
                        .setDeviceId(Fields.id(deviceId))
                        .setReceipt(Fields.bytes(receipt))
                        .setReceiptSignature(Fields.bytes(signature)));
            case GatewayFrame.SignedIn(var epoch) ->
                out.setSignedIn(SignedIn.newBuilder().setEpoch(epoch));
            case GatewayFrame.Deliver deliver -> out.setDeliver(deliver(deliver));
            case GatewayFrame.SendResult(var messageId, var outcome, var reason, var retryAfter) ->
                out.setSendResult(SendResult.newBuilder()
                        .setMessageId(Fields.id(messageId))
                        .setOutcome(outcome(outcome))
                        .setReasonValue(reason.map(Reason::wireCode).orElse(0))
                        .setRetryAfterMillis(Fields.retryAfter(retryAfter)));
            case GatewayFrame.DeliveryReceipt(var messageId) ->
                out.setDeliveryReceipt(DeliveryReceipt.newBuilder().setMessageId(Fields.id(messageId)));
            case GatewayFrame.PinRequired(var expiresIn, var triesLeft) ->
                out.setPinRequired(PinRequired.newBuilder()
                        .setExpiresInMillis(expiresIn.toMillis())
                        .setTriesLeft(triesLeft));
            case GatewayFrame.PinSet() -> out.setPinSet(PinSet.newBuilder());
            case GatewayFrame.InquiryAnswer(var messageId, var delivered) ->
                out.setInquiryAnswer(InquiryAnswer.newBuilder()
                        .setMessageId(Fields.id(messageId))
                        .setDelivered(delivered));
            case GatewayFrame.BlockAnswer(var token, var refusal, var retryAfter) ->
                out.setBlockAnswer(BlockAnswer.newBuilder()
                        .setToken(token)
                        .setReasonValue(refusal.map(Reason::wireCode).orElse(0))
                        .setRetryAfterMillis(Fields.retryAfter(retryAfter)));
            case GatewayFrame.RenewalRequired(var notice, var deadline, var suspended) ->
                out.setRenewalRequired(RenewalRequired.newBuilder()
                        .setNotice(Fields.bytes(notice))
                        .setDeadlineMillis(deadline.toEpochMilli())
                        .setSuspended(suspended));
            case GatewayFrame.ConsentRenewed(var receipt, var signature) ->
                out.setConsentRenewed(ConsentRenewed.newBuilder()
                        .setReceipt(Fields.bytes(receipt))
                        .setReceiptSignature(Fields.bytes(signature)));
            case GatewayFrame.Withdrawn(var certificate, var signature) ->
                out.setWithdrawn(Withdrawn.newBuilder()
                        .setCertificate(Fields.bytes(certificate))
                        .setCertificateSignature(Fields.bytes(signature)));
            case GatewayFrame.DataExport(var part, var last, var bytes) ->
                out.setDataExport(
                        DataExport.newBuilder().setPart(part).setLast(last).setBytes(Fields.bytes(bytes)));
            case GatewayFrame.Refused(var reason, var retryAfter, var triesLeft) ->
                out.setRefused(Refused.newBuilder()
                        .setReasonValue(reason.wireCode())
                        .setRetryAfterMillis(Fields.retryAfter(retryAfter))
                        .setTriesLeft(triesLeft));
            case GatewayFrame.Goodbye(var reason, var retryAfter) ->
                out.setGoodbye(Goodbye.newBuilder()
                        .setReasonValue(reason.wireCode())
                        .setRetryAfterMillis(Fields.retryAfter(retryAfter)));
            case GatewayFrame.Ping(var token) -> out.setPing(Ping.newBuilder().setToken(token));
            case GatewayFrame.Pong(var token) -> out.setPong(Pong.newBuilder().setToken(token));
        }
        return out.build();
    }

    private static Welcome.Builder welcome(GatewayFrame.Welcome welcome) {
        return Welcome.newBuilder()
                .setProtocolVersion(welcome.protocolVersion())
                .setServerNonce(Fields.bytes(welcome.serverNonce()))
                .setHeartbeatMillis(Math.toIntExact(welcome.heartbeat().toMillis()))
                .setFrameBytesMax(welcome.frameBytesMax())
                .setBodyBytesMax(welcome.bodyBytesMax())
                .setSendsInFlightMax(welcome.sendsInFlightMax())
                .setDeliveriesInFlightMax(welcome.deliveriesInFlightMax())
                .setSigningKey(Fields.bytes(welcome.signingKey()));
    }

    private static Deliver.Builder deliver(GatewayFrame.Deliver deliver) {
        return Deliver.newBuilder()
                .setDeliveryNumber(deliver.deliveryNumber())
                .setMessageId(Fields.id(deliver.messageId()))
                .setFrom(deliver.from().e164())
                .setBodyType(Fields.bodyType(deliver.body()))
                .setBody(Fields.body(deliver.body()))
                .setReadMarkWanted(deliver.body().readMarkWanted())
                .setAcceptedAtMillis(deliver.acceptedAt().toEpochMilli());
    }

    private static assent.protocol.wire.proto.Outcome outcome(assent.protocol.Outcome outcome) {
        return switch (outcome) {
            case DELIVERED -> assent.protocol.wire.proto.Outcome.OUTCOME_DELIVERED;
            case QUEUED -> assent.protocol.wire.proto.Outcome.OUTCOME_QUEUED;
            case FALL_BACK -> assent.protocol.wire.proto.Outcome.OUTCOME_FALL_BACK;
            case REFUSED -> assent.protocol.wire.proto.Outcome.OUTCOME_REFUSED;
        };
    }
}
