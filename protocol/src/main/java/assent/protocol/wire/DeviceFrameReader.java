package assent.protocol.wire;

import assent.protocol.ChallengeId;
import assent.protocol.ConsentId;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.Limits;
import assent.protocol.MessageId;
import assent.protocol.wire.proto.Send;
import java.util.Optional;

/// Protobuf to [DeviceFrame].
final class DeviceFrameReader {
    /// Longest country calling code: three digits (ITU-T E.164, clause 6.2.1).
    private static final int COUNTRY_MAX = 999;

    /// Room for any number or code that people write, so that a wrong one is answered and not cut off.
    private static final int NUMBER_BYTES_MAX = 64;

    private DeviceFrameReader() {}

    static DeviceFrame read(assent.protocol.wire.proto.DeviceFrame frame) {
        return switch (frame.getFrameCase()) {
            case HELLO -> {
                var hello = frame.getHello();
                yield new DeviceFrame.Hello(
                        hello.getProtocolVersion(),
                        Fields.printable(hello.getClientVersion(), Limits.CLIENT_VERSION_BYTES_MAX),
                        Fields.locale(hello.getLocale()));
            }
            case NOTICE_REQUEST -> {
                var request = frame.getNoticeRequest();
                yield new DeviceFrame.NoticeRequest(
                        Fields.locale(request.getLocale()),
                        Fields.between(1, request.getCountryCallingCode(), COUNTRY_MAX),
                        Optional.of(Fields.printable(request.getInvitation(), Limits.INVITATION_BYTES_MAX))
                                .filter(code -> !code.isEmpty()));
            }
            case APPROVAL -> {
                var approval = frame.getApproval();
                yield new DeviceFrame.Approval(
                        Fields.document(approval.getGrant()), Fields.signature(approval.getSignature()));
            }
            case CLAIM -> {
                var claim = frame.getClaim();
                yield new DeviceFrame.Claim(
                        Fields.id(claim.getConsentId(), ConsentId::new),
                        Fields.text(claim.getNumber(), NUMBER_BYTES_MAX),
                        Fields.method(claim.getMethod()));
            }
            case CODE_ANSWER -> {
                var answer = frame.getCodeAnswer();
                yield new DeviceFrame.CodeAnswer(
                        Fields.id(answer.getChallengeId(), ChallengeId::new),
                        Fields.text(answer.getCode(), NUMBER_BYTES_MAX));
            }
            case SIGN_IN -> {
                var signIn = frame.getSignIn();
                yield new DeviceFrame.SignIn(
                        Fields.id(signIn.getDeviceId(), DeviceId::new), Fields.signature(signIn.getSignature()));
            }
            case SEND -> send(frame.getSend());
            case ACKNOWLEDGE ->
                new DeviceFrame.Acknowledge(
                        Fields.atLeast(0, frame.getAcknowledge().getThrough()));
            case INQUIRE ->
                new DeviceFrame.Inquire(
                        Fields.id(frame.getInquire().getMessageId(), MessageId::new),
                        Fields.text(frame.getInquire().getTo(), NUMBER_BYTES_MAX));
            case BLOCK ->
                new DeviceFrame.Block(
                        frame.getBlock().getToken(),
                        Fields.text(frame.getBlock().getNumber(), NUMBER_BYTES_MAX));
            case UNBLOCK ->
                new DeviceFrame.Unblock(
                        frame.getUnblock().getToken(),
                        Fields.text(frame.getUnblock().getNumber(), NUMBER_BYTES_MAX));
            case WITHDRAW -> {
                var withdraw = frame.getWithdraw();
                yield new DeviceFrame.Withdraw(
                        Fields.document(withdraw.getRequest()), Fields.signature(withdraw.getSignature()));
            }
            case RENEWAL -> {
                var renewal = frame.getRenewal();
                yield new DeviceFrame.Renewal(
                        Fields.document(renewal.getGrant()), Fields.signature(renewal.getSignature()));
            }
            case WITHDRAWAL_CLAIM -> {
                var claim = frame.getWithdrawalClaim();
                yield new DeviceFrame.WithdrawalClaim(
                        Fields.text(claim.getNumber(), NUMBER_BYTES_MAX), Fields.method(claim.getMethod()));
            }
            case SET_PIN -> new DeviceFrame.SetPin(Fields.text(frame.getSetPin().getPin(), NUMBER_BYTES_MAX));
            case PIN_ANSWER ->
                new DeviceFrame.PinAnswer(Fields.text(frame.getPinAnswer().getPin(), NUMBER_BYTES_MAX));
            case DATA_REQUEST -> new DeviceFrame.DataRequest();
            case PING -> new DeviceFrame.Ping(frame.getPing().getToken());
            case PONG -> new DeviceFrame.Pong(frame.getPong().getToken());
            case FRAME_NOT_SET -> throw new IllegalArgumentException("a frame of no known type");
        };
    }

    private static DeviceFrame.Send send(Send send) {
        return new DeviceFrame.Send(
                Fields.id(send.getMessageId(), MessageId::new),
                Fields.text(send.getTo(), NUMBER_BYTES_MAX),
                Fields.bodyIfValid(send.getBodyType(), send.getBody(), send.getReadMarkWanted()),
                deliveryIfValid(send),
                send.getAskedBefore());
    }

    private static Optional<DeliveryOption> deliveryIfValid(Send send) {
        return switch (send.getDeliveryCase()) {
            case CLOUD_ONLY ->
                Fields.isDuration(send.getCloudOnly().getTtlMillis())
                        ? Optional.of(new DeliveryOption.CloudOnly(
                                Fields.duration(send.getCloudOnly().getTtlMillis())))
                        : Optional.empty();
            case CLOUD_THEN_SMS ->
                Fields.isDuration(send.getCloudThenSms().getDeadlineMillis())
                        ? Optional.of(new DeliveryOption.CloudThenSms(
                                Fields.duration(send.getCloudThenSms().getDeadlineMillis())))
                        : Optional.empty();
            case DELIVERY_NOT_SET -> Optional.empty();
        };
    }
}
