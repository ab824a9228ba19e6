package assent.protocol.wire;

import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.wire.proto.Acknowledge;
import assent.protocol.wire.proto.Approval;
import assent.protocol.wire.proto.Block;
import assent.protocol.wire.proto.Claim;
import assent.protocol.wire.proto.CloudOnly;
import assent.protocol.wire.proto.CloudThenSms;
import assent.protocol.wire.proto.CodeAnswer;
import assent.protocol.wire.proto.DataRequest;
import assent.protocol.wire.proto.Hello;
import assent.protocol.wire.proto.Inquire;
import assent.protocol.wire.proto.NoticeRequest;
import assent.protocol.wire.proto.PinAnswer;
import assent.protocol.wire.proto.Ping;
import assent.protocol.wire.proto.Pong;
import assent.protocol.wire.proto.Renewal;
import assent.protocol.wire.proto.Send;
import assent.protocol.wire.proto.SetPin;
import assent.protocol.wire.proto.SignIn;
import assent.protocol.wire.proto.Unblock;
import assent.protocol.wire.proto.Withdraw;
import assent.protocol.wire.proto.WithdrawalClaim;

/// [DeviceFrame] to protobuf.
final class DeviceFrameWriter {
    private DeviceFrameWriter() {}

    static assent.protocol.wire.proto.DeviceFrame write(DeviceFrame frame) {
        var out = assent.protocol.wire.proto.DeviceFrame.newBuilder();
        switch (frame) {
            case DeviceFrame.Hello(var version, var client, var locale) ->
                out.setHello(Hello.newBuilder()
                        .setProtocolVersion(version)
                        .setClientVersion(client)
                        .setLocale(locale));
            case DeviceFrame.NoticeRequest(var locale, var country, var invitation) ->
                out.setNoticeRequest(NoticeRequest.newBuilder()
                        .setLocale(locale)
                        .setCountryCallingCode(country)
                        .setInvitation(invitation.orElse("")));
            case DeviceFrame.Approval(var grant, var signature) ->
                out.setApproval(
                        Approval.newBuilder().setGrant(Fields.bytes(grant)).setSignature(Fields.bytes(signature)));
            case DeviceFrame.Claim(var consentId, var number, var method) ->
                out.setClaim(Claim.newBuilder()
                        .setConsentId(Fields.id(consentId))
                        .setNumber(number)
                        .setMethod(Fields.method(method)));
            case DeviceFrame.CodeAnswer(var challengeId, var code) ->
                out.setCodeAnswer(CodeAnswer.newBuilder()
                        .setChallengeId(Fields.id(challengeId))
                        .setCode(code));
            case DeviceFrame.SignIn(var deviceId, var signature) ->
                out.setSignIn(
                        SignIn.newBuilder().setDeviceId(Fields.id(deviceId)).setSignature(Fields.bytes(signature)));
            case DeviceFrame.Send send -> out.setSend(send(send));
            case DeviceFrame.Acknowledge(var through) ->
                out.setAcknowledge(Acknowledge.newBuilder().setThrough(through));
            case DeviceFrame.Inquire(var messageId, var to) ->
                out.setInquire(
                        Inquire.newBuilder().setMessageId(Fields.id(messageId)).setTo(to));
            case DeviceFrame.Block(var token, var number) ->
                out.setBlock(Block.newBuilder().setToken(token).setNumber(number));
            case DeviceFrame.Unblock(var token, var number) ->
                out.setUnblock(Unblock.newBuilder().setToken(token).setNumber(number));
            case DeviceFrame.Withdraw(var request, var signature) ->
                out.setWithdraw(
                        Withdraw.newBuilder().setRequest(Fields.bytes(request)).setSignature(Fields.bytes(signature)));
            case DeviceFrame.Renewal(var grant, var signature) ->
                out.setRenewal(
                        Renewal.newBuilder().setGrant(Fields.bytes(grant)).setSignature(Fields.bytes(signature)));
            case DeviceFrame.WithdrawalClaim(var number, var method) ->
                out.setWithdrawalClaim(
                        WithdrawalClaim.newBuilder().setNumber(number).setMethod(Fields.method(method)));
            case DeviceFrame.SetPin(var pin) ->
                out.setSetPin(SetPin.newBuilder().setPin(pin));
            case DeviceFrame.PinAnswer(var pin) ->
                out.setPinAnswer(PinAnswer.newBuilder().setPin(pin));
            case DeviceFrame.DataRequest() -> out.setDataRequest(DataRequest.newBuilder());
            case DeviceFrame.Ping(var token) -> out.setPing(Ping.newBuilder().setToken(token));
            case DeviceFrame.Pong(var token) -> out.setPong(Pong.newBuilder().setToken(token));
        }
        return out.build();
    }

    private static Send.Builder send(DeviceFrame.Send send) {
        var out = Send.newBuilder()
                .setMessageId(Fields.id(send.messageId()))
                .setTo(send.to())
                .setAskedBefore(send.askedBefore());
        send.body()
                .ifPresent(body -> out.setBodyType(Fields.bodyType(body))
                        .setBody(Fields.body(body))
                        .setReadMarkWanted(body.readMarkWanted()));
        send.delivery().ifPresent(option -> {
            switch (option) {
                case DeliveryOption.CloudOnly(var ttl) ->
                    out.setCloudOnly(CloudOnly.newBuilder().setTtlMillis(ttl.toMillis()));
                case DeliveryOption.CloudThenSms(var deadline) ->
                    out.setCloudThenSms(CloudThenSms.newBuilder().setDeadlineMillis(deadline.toMillis()));
            }
        });
        return out;
    }
}
