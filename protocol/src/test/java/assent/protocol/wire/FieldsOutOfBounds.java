package assent.protocol.wire;

import assent.protocol.Limits;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/// Each field of each frame that has bounds, with values on their wrong side.
final class FieldsOutOfBounds {
    private static final String SECRET = "+447700900123-402913";

    private FieldsOutOfBounds() {}

    static List<Arguments> badDeviceFields() {
        var bad = new ArrayList<Arguments>();
        add(bad, "hello.client_version", "x".repeat(Limits.CLIENT_VERSION_BYTES_MAX + 1), "über", "a\nb", "a\u007fb");
        add(bad, "hello.locale", "", "en_GB", "en\n", "x".repeat(36), SECRET);
        add(bad, "notice_request.locale", "", "en_GB", "é", "x".repeat(36));
        add(bad, "notice_request.country_calling_code", 0, 1_000, -1, Integer.MIN_VALUE);
        add(bad, "notice_request.invitation", "x".repeat(Limits.INVITATION_BYTES_MAX + 1), "über", "a\nb");
        add(bad, "approval.grant", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "approval.signature", bytes(0), bytes(63), bytes(65));
        add(bad, "claim.consent_id", bytes(0), bytes(15), bytes(17));
        add(bad, "claim.number", SECRET + "x".repeat(64), "é".repeat(33));
        add(bad, "claim.method", 0, 3, -1);
        add(bad, "code_answer.challenge_id", bytes(0), bytes(15), bytes(17));
        add(bad, "code_answer.code", SECRET + "x".repeat(64));
        add(bad, "sign_in.device_id", bytes(0), bytes(15), bytes(17));
        add(bad, "sign_in.signature", bytes(0), bytes(63), bytes(65));
        add(bad, "send.message_id", bytes(0), bytes(15), bytes(17));
        add(bad, "send.to", SECRET + "x".repeat(64));
        add(bad, "inquire.message_id", bytes(0), bytes(15), bytes(17));
        add(bad, "inquire.to", SECRET + "x".repeat(64));
        add(bad, "block.number", SECRET + "x".repeat(64), "é".repeat(33));
        add(bad, "unblock.number", SECRET + "x".repeat(64));
        add(bad, "acknowledge.through", -1L, Long.MIN_VALUE);
        add(bad, "renewal.grant", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "renewal.signature", bytes(0), bytes(63), bytes(65));
        add(bad, "withdraw.request", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "withdraw.signature", bytes(0), bytes(63), bytes(65));
        add(bad, "withdrawal_claim.number", SECRET + "x".repeat(64), "é".repeat(33));
        add(bad, "withdrawal_claim.method", 0, 3, -1);
        add(bad, "set_pin.pin", SECRET + "x".repeat(64));
        add(bad, "pin_answer.pin", SECRET + "x".repeat(64));
        return bad;
    }

    static List<Arguments> badGatewayFields() {
        var bad = new ArrayList<Arguments>();
        add(bad, "welcome.server_nonce", bytes(0), bytes(31), bytes(33));
        add(bad, "welcome.heartbeat_millis", 0, -1);
        add(bad, "welcome.frame_bytes_max", 0, -1, Limits.FRAME_BYTES_MAX + 1);
        add(bad, "welcome.body_bytes_max", 0, -1, Limits.BODY_BYTES_MAX + 1);
        add(bad, "welcome.sends_in_flight_max", 0, -1);
        add(bad, "welcome.deliveries_in_flight_max", 0, -1);
        add(bad, "welcome.signing_key", bytes(0), bytes(64), bytes(66));
        add(bad, "notice.canonical", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "activation_closed.retry_after_millis", -1L, Long.MAX_VALUE);
        add(bad, "approval_accepted.consent_id", bytes(0), bytes(17));
        add(bad, "approval_accepted.expires_in_millis", -1L, Long.MAX_VALUE);
        add(bad, "code_sent.challenge_id", bytes(0), bytes(17));
        add(bad, "code_sent.expires_in_millis", -1L, Long.MAX_VALUE);
        add(bad, "code_sent.tries_left", -1);
        add(bad, "sms_requested.challenge_id", bytes(0), bytes(17));
        add(bad, "sms_requested.service_number", "1".repeat(161));
        add(bad, "sms_requested.text", SECRET + "x".repeat(160));
        add(bad, "sms_requested.expires_in_millis", -1L);
        add(bad, "activated.device_id", bytes(0), bytes(17));
        add(bad, "activated.receipt", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "activated.receipt_signature", bytes(0), bytes(63), bytes(65));
        add(bad, "signed_in.epoch", -1L);
        add(bad, "deliver.delivery_number", 0L, -1L);
        add(bad, "deliver.message_id", bytes(0), bytes(17));
        add(bad, "deliver.from", "", SECRET, "447700900123");
        add(bad, "deliver.body_type", 0, 3);
        add(bad, "deliver.body", bytes(0), bytes(Limits.BODY_BYTES_MAX + 1));
        add(bad, "deliver.accepted_at_millis", -1L, Long.MAX_VALUE);
        add(bad, "send_result.message_id", bytes(0), bytes(17));
        add(bad, "send_result.outcome", 0, 5, -1);
        add(bad, "send_result.retry_after_millis", -1L);
        add(bad, "delivery_receipt.message_id", bytes(0), bytes(17));
        add(bad, "inquiry_answer.message_id", bytes(0), bytes(17));
        add(bad, "block_answer.retry_after_millis", -1L, Long.MAX_VALUE);
        add(bad, "renewal_required.notice", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "renewal_required.deadline_millis", -1L, Long.MAX_VALUE);
        add(bad, "consent_renewed.receipt", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "consent_renewed.receipt_signature", bytes(0), bytes(63), bytes(65));
        add(bad, "data_export.part", -1);
        add(bad, "data_export.bytes", bytes(0), bytes(Limits.EXPORT_PART_BYTES_MAX + 1));
        add(bad, "withdrawn.certificate", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "withdrawn.certificate_signature", bytes(0), bytes(63), bytes(65));
        add(bad, "pin_required.expires_in_millis", -1L, Long.MAX_VALUE);
        add(bad, "pin_required.tries_left", -1);
        add(bad, "refused.retry_after_millis", -1L);
        add(bad, "refused.tries_left", -1);
        add(bad, "goodbye.retry_after_millis", -1L);
        return bad;
    }

    static ByteString bytes(int length) {
        return ByteString.copyFrom(new byte[length]);
    }

    private static void add(List<Arguments> to, String path, Object... values) {
        Arrays.stream(values).forEach(value -> to.add(Arguments.of(path, value)));
    }
}
