package assent.protocol;

import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.Notice;
import assent.protocol.consent.PublicKey;
import assent.protocol.consent.SignedDocument;
import assent.protocol.consent.WithdrawalRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One of each document and frame; `docs/protocol-vectors.json` shows the same ones. The keys are
/// published: never use them for anything else. The numbers are reserved for examples by their
/// countries.
public final class Samples {
    /// The key of RFC 6979, appendix A.2.5.
    public static final PublicKey DEVICE_KEY =
            PublicKey.ofPoint(Bytes.fromHex("0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                    + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"));

    public static final String DEVICE_KEY_PRIVATE = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";

    /// The key of RFC 7515, appendix A.3.
    public static final PublicKey GATEWAY_KEY =
            PublicKey.ofPoint(Bytes.fromHex("047fcdce2770f6c45d4183cbee6fdb4b7b580733357be9ef13bacf6e3c7bd15445"
                    + "c7f144cd1bbd9b7e872cdfedb9eeb9f4b3695d6ea90b24ad8a4623288588e5ad"));

    public static final String GATEWAY_KEY_PRIVATE = "8e9b109e719098bf980487df1f5d77e9cb29606ebed2263b5f57c213df84f4b2";

    public static final Bytes NONCE = Bytes.fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    public static final ConsentId CONSENT_ID = ConsentId.parseHex("c0a5e27d10111213a4a5a6a7b8b9babb");
    public static final DeviceId DEVICE_ID = DeviceId.parseHex("de41ce0020212223f4f5f6f7f8f9fafb");
    public static final ChallengeId CHALLENGE_ID = ChallengeId.parseHex("ca11e26e303132333435363738393a3b");
    public static final MessageId MESSAGE_ID = MessageId.parseHex("3e55a6e0404142434445464748494a4b");
    public static final PhoneNumber NUMBER = PhoneNumber.parse("+447700900123");
    public static final String CODE = "402913";
    public static final String PIN = "heron-7431";
    public static final String TEXT_TO_SEND = "ASSENT 7QK4-MZ2P-9XTD";
    public static final Body BODY = Body.text("Bis gleich, 再见 👋");

    public static final Body READ_MARK =
            new ReadMark(List.of(MESSAGE_ID, MessageId.parseHex("3e55a6e0505152535455565758595a5b"))).body();

    private static final Bytes SIGNATURE = Bytes.wrap(new byte[64]);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private Samples() {}

    public static Notice notice() {
        return new Notice(
                "2026-11",
                "en",
                "Messages over the internet",
                "Example Mobile Ltd, 1 Example Street, privacy@example.com",
                ordered(
                        "phone-number", "Your phone number, to find you when someone writes to you.",
                        "messages", "Texts on their way to you, encrypted, until your phone has them."),
                ordered("message-delivery", "To carry texts between phones over the internet."),
                "Until you switch off. Waiting texts: 7 days at most.",
                "eu-west",
                "Proving your number sends you one SMS or lets your phone send one; your operator may charge for it.",
                3,
                "Settings, Messages, Switch off: one step. Everything is erased at once.");
    }

    public static ConsentGrant grant() {
        return new ConsentGrant(
                notice().hash(),
                List.of("message-delivery"),
                "en",
                44,
                DEVICE_KEY,
                NONCE,
                Instant.parse("2026-11-22T18:13:57.250Z"));
    }

    public static ConsentReceipt receipt() {
        return new ConsentReceipt(
                CONSENT_ID,
                DEVICE_ID,
                DEVICE_KEY,
                assent.protocol.consent.Sha256.of(grant().canonical()),
                notice().hash(),
                "2026-11",
                "en",
                44,
                "Example Mobile Ltd, 1 Example Street, privacy@example.com",
                List.of("phone-number", "messages"),
                List.of("message-delivery"),
                "Until you switch off. Waiting texts: 7 days at most.",
                "eu-west",
                "Settings, Messages, Switch off: one step. Everything is erased at once.",
                ProofMethod.SMS_CODE,
                Instant.parse("2026-11-22T18:13:57.250Z"),
                Instant.parse("2026-11-22T18:13:58.000Z"),
                Instant.parse("2026-11-22T18:14:31.007Z"));
    }

    public static WithdrawalRequest withdrawal() {
        return new WithdrawalRequest(DEVICE_ID, NONCE, Instant.parse("2027-03-01T08:00:00.500Z"));
    }

    public static ErasureCertificate certificate() {
        return new ErasureCertificate(
                CONSENT_ID,
                DEVICE_ID,
                Instant.parse("2027-03-01T08:00:00.500Z"),
                Instant.parse("2027-03-01T08:00:00.612Z"),
                List.of("phone-number", "messages", "consent"),
                2,
                "nothing");
    }

    public static Map<String, SignedDocument> documents() {
        var documents = new LinkedHashMap<String, SignedDocument>();
        documents.put("notice", notice());
        documents.put("consent-grant", grant());
        documents.put("consent-receipt", receipt());
        documents.put("withdrawal", withdrawal());
        documents.put("erasure-certificate", certificate());
        return documents;
    }

    public static List<DeviceFrame> deviceFrames() {
        return List.of(
                new DeviceFrame.Hello(1, "example/1.0", "en-GB"),
                new DeviceFrame.NoticeRequest("en-GB", 44),
                new DeviceFrame.NoticeRequest("en-GB", 44, Optional.of("Q7ME-2K9X-0000-4YTB-H3WD-81NR")),
                new DeviceFrame.Approval(grant().canonical(), SIGNATURE),
                new DeviceFrame.Claim(CONSENT_ID, NUMBER.e164(), ProofMethod.SMS_CODE),
                new DeviceFrame.Claim(CONSENT_ID, NUMBER.e164(), ProofMethod.DEVICE_SMS),
                new DeviceFrame.CodeAnswer(CHALLENGE_ID, CODE),
                new DeviceFrame.SignIn(DEVICE_ID, SIGNATURE),
                send(Optional.of(BODY), Optional.of(new DeliveryOption.CloudOnly(Duration.ofDays(7)))),
                send(Optional.of(BODY), Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO))),
                send(Optional.of(BODY), Optional.of(new DeliveryOption.CloudThenSms(Duration.ofSeconds(30)))),
                send(Optional.of(BODY.wantingReadMark()), Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO))),
                send(Optional.of(READ_MARK), Optional.of(new DeliveryOption.CloudOnly(Duration.ofDays(7)))),
                send(Optional.empty(), Optional.empty()),
                new DeviceFrame.Send(
                        MESSAGE_ID,
                        NUMBER.e164(),
                        Optional.of(BODY),
                        Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO)),
                        true),
                new DeviceFrame.Inquire(MESSAGE_ID, NUMBER.e164()),
                new DeviceFrame.Block(7, NUMBER.e164()),
                new DeviceFrame.Unblock(-1, NUMBER.e164()),
                new DeviceFrame.Acknowledge(300),
                new DeviceFrame.Withdraw(withdrawal().canonical(), SIGNATURE),
                new DeviceFrame.Renewal(grant().canonical(), SIGNATURE),
                new DeviceFrame.WithdrawalClaim(NUMBER.e164(), ProofMethod.SMS_CODE),
                new DeviceFrame.WithdrawalClaim(NUMBER.e164(), ProofMethod.DEVICE_SMS),
                new DeviceFrame.SetPin(PIN),
                new DeviceFrame.SetPin(""),
                new DeviceFrame.PinAnswer(PIN),
                new DeviceFrame.DataRequest(),
                new DeviceFrame.Ping(0),
                new DeviceFrame.Pong(-1));
    }

    public static List<GatewayFrame> gatewayFrames() {
        return List.of(
                new GatewayFrame.Welcome(
                        1,
                        NONCE,
                        Duration.ofSeconds(60),
                        Limits.FRAME_BYTES_MAX,
                        Limits.BODY_BYTES_MAX,
                        64,
                        256,
                        GATEWAY_KEY.point()),
                new GatewayFrame.NoticeText(notice().canonical()),
                new GatewayFrame.ActivationClosed(Reason.COUNTRY_CLOSED, Optional.empty()),
                new GatewayFrame.ActivationClosed(Reason.ACTIVATION_PAUSED, Optional.of(Duration.ofHours(1))),
                new GatewayFrame.ApprovalAccepted(
                        CONSENT_ID, List.of(ProofMethod.SMS_CODE, ProofMethod.DEVICE_SMS), Duration.ofHours(1)),
                new GatewayFrame.CodeSent(CHALLENGE_ID, FIVE_MINUTES, 5),
                new GatewayFrame.SmsRequested(CHALLENGE_ID, "+447700900999", TEXT_TO_SEND, FIVE_MINUTES),
                new GatewayFrame.Activated(DEVICE_ID, receipt().canonical(), SIGNATURE),
                new GatewayFrame.SignedIn(7),
                new GatewayFrame.Deliver(1, MESSAGE_ID, NUMBER, BODY, Instant.parse("2026-11-22T18:15:00.125Z")),
                new GatewayFrame.Deliver(
                        2, MESSAGE_ID, NUMBER, BODY.wantingReadMark(), Instant.parse("2026-11-22T18:15:00.125Z")),
                new GatewayFrame.Deliver(3, MESSAGE_ID, NUMBER, READ_MARK, Instant.parse("2026-11-22T18:15:01Z")),
                GatewayFrame.SendResult.of(MESSAGE_ID, Outcome.DELIVERED),
                GatewayFrame.SendResult.of(MESSAGE_ID, Outcome.QUEUED),
                GatewayFrame.SendResult.of(MESSAGE_ID, Outcome.FALL_BACK),
                GatewayFrame.SendResult.refused(MESSAGE_ID, Reason.MAILBOX_FULL, Optional.of(Duration.ofMinutes(1))),
                new GatewayFrame.DeliveryReceipt(MESSAGE_ID),
                new GatewayFrame.InquiryAnswer(MESSAGE_ID, true),
                new GatewayFrame.InquiryAnswer(MESSAGE_ID, false),
                new GatewayFrame.BlockAnswer(7, Optional.empty(), Optional.empty()),
                new GatewayFrame.BlockAnswer(7, Optional.of(Reason.BLOCK_LIMIT), Optional.empty()),
                new GatewayFrame.BlockAnswer(
                        -1, Optional.of(Reason.STORE_UNAVAILABLE), Optional.of(Duration.ofSeconds(2))),
                new GatewayFrame.RenewalRequired(notice().canonical(), Instant.parse("2027-02-01T00:00:00Z"), false),
                new GatewayFrame.RenewalRequired(notice().canonical(), Instant.parse("2026-11-01T00:00:00Z"), true),
                new GatewayFrame.ConsentRenewed(receipt().canonical(), SIGNATURE),
                new GatewayFrame.Withdrawn(certificate().canonical(), SIGNATURE),
                new GatewayFrame.PinRequired(FIVE_MINUTES, 10),
                new GatewayFrame.PinSet(),
                new GatewayFrame.DataExport(0, false, Bytes.utf8("{\"device\":")),
                new GatewayFrame.DataExport(1, true, Bytes.utf8("1}")),
                new GatewayFrame.Refused(Reason.CODE_WRONG, Optional.empty(), 4),
                new GatewayFrame.Refused(Reason.TOO_MANY_TRIES, Optional.of(Duration.ofMinutes(42)), 0),
                new GatewayFrame.Goodbye(Reason.CONSENT_REQUIRED, Optional.empty()),
                new GatewayFrame.Goodbye(Reason.SHUTTING_DOWN, Optional.of(Duration.ofSeconds(5))),
                new GatewayFrame.Ping(1),
                new GatewayFrame.Pong(Long.MAX_VALUE));
    }

    private static DeviceFrame.Send send(Optional<Body> body, Optional<DeliveryOption> delivery) {
        return new DeviceFrame.Send(MESSAGE_ID, NUMBER.e164(), body, delivery);
    }

    private static Map<String, String> ordered(String... namesAndTexts) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            map.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return map;
    }
}
