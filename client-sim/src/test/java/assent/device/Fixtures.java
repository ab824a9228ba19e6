package assent.device;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import assent.protocol.consent.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Documents and messages for tests.
final class Fixtures {
    static final PhoneNumber ALICE = PhoneNumber.parse("+919800000001");
    static final PhoneNumber BOB = PhoneNumber.parse("+919800000002");
    static final PhoneNumber CAROL = PhoneNumber.parse("+919800000003");
    static final DeliveryOption CLOUD_ONLY = new DeliveryOption.CloudOnly(Duration.ZERO);

    private Fixtures() {}

    static Notice notice() {
        return new Notice(
                "2026-11",
                "en",
                "Messages over the internet",
                "Example Messaging Ltd, privacy@example.org",
                Map.of("phone-number", "Your phone number"),
                Map.of("delivery", "To carry your messages"),
                "Until you withdraw",
                "in",
                "One SMS at most",
                1,
                "Settings, Messages, Off");
    }

    static ConsentReceipt receipt(
            Notice notice, ConsentGrant grant, ConsentId consentId, DeviceId deviceId, ProofMethod method) {
        return new ConsentReceipt(
                consentId,
                deviceId,
                grant.deviceKey(),
                Sha256.of(grant.canonical()),
                grant.noticeHash(),
                notice.version(),
                grant.locale(),
                grant.countryCallingCode(),
                notice.controller(),
                List.copyOf(notice.items().keySet()),
                grant.purposes(),
                notice.retention(),
                notice.region(),
                notice.withdrawal(),
                method,
                grant.approvedAt(),
                grant.approvedAt(),
                grant.approvedAt());
    }

    /// An activation as a device would keep it, made without a gateway.
    static KeptActivation activation(PhoneNumber number, KeyPair signingKey) {
        var key = KeyPair.generate();
        var notice = notice();
        var grant = new ConsentGrant(
                notice.hash(),
                List.copyOf(notice.purposes().keySet()),
                "en",
                91,
                key.publicKey(),
                Bytes.wrap(new byte[32]),
                Instant.EPOCH);
        var deviceId = DeviceId.random();
        var receipt = receipt(notice, grant, ConsentId.random(), deviceId, ProofMethod.SMS_CODE);
        return new KeptActivation(
                deviceId,
                number,
                key,
                signingKey.publicKey(),
                new ConsentPapers(
                        notice.canonical(),
                        grant.canonical(),
                        key.sign(grant.canonical()),
                        receipt.canonical(),
                        signingKey.sign(receipt.canonical())));
    }

    static OutgoingMessage outgoing(PhoneNumber to, String text) {
        return new OutgoingMessage(MessageId.random(), to, Body.text(text), CLOUD_ONLY);
    }

    static ReceivedMessage incoming(PhoneNumber from, String text) {
        return new ReceivedMessage(from, MessageId.random(), Body.text(text), Instant.EPOCH);
    }
}
