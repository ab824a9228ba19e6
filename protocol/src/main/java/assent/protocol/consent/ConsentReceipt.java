package assent.protocol.consent;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.ProofMethod;
import java.time.Instant;
import java.util.List;

/// What the user keeps: the consent, countersigned by the gateway. The fields follow ISO/IEC TS
/// 27560; the user is named by the device's key, not by the phone number. Immutable.
///
/// @param grantHash SHA-256 of the grant's canonical bytes, whose signature is the user's
/// @param items names of what is collected
/// @param approvedAt by the device's clock
/// @param recordedAt by the gateway's clock: when the consent was stored
/// @param activatedAt by the gateway's clock
public record ConsentReceipt(
        ConsentId consentId,
        DeviceId deviceId,
        PublicKey deviceKey,
        Bytes grantHash,
        Bytes noticeHash,
        String noticeVersion,
        String locale,
        int countryCallingCode,
        String controller,
        List<String> items,
        List<String> purposes,
        String retention,
        String region,
        String withdrawal,
        ProofMethod proofMethod,
        Instant approvedAt,
        Instant recordedAt,
        Instant activatedAt)
        implements SignedDocument {
    private static final String LABEL = "assent consent-receipt v1";

    public ConsentReceipt {
        DocumentValues.requireLength("grant", grantHash, DocumentValues.HASH_BYTES);
        DocumentValues.requireLength("notice", noticeHash, DocumentValues.HASH_BYTES);
        DocumentValues.requireLocale("locale", locale);
        DocumentValues.requireCountry("country", countryCallingCode);
        items = DocumentValues.requireNames("items", items);
        purposes = DocumentValues.requireNames("purposes", purposes);
        approvedAt = DocumentValues.requireInstant("approved-at", approvedAt);
        recordedAt = DocumentValues.requireInstant("recorded-at", recordedAt);
        activatedAt = DocumentValues.requireInstant("activated-at", activatedAt);
    }

    @Override
    public Bytes canonical() {
        return new CanonicalText.Writer(LABEL)
                .line("consent", consentId.hex())
                .line("device", deviceId.hex())
                .line("device-key", deviceKey.point().hex())
                .line("grant", grantHash.hex())
                .line("notice", noticeHash.hex())
                .line("notice-version", noticeVersion)
                .line("locale", locale)
                .line("country", Integer.toString(countryCallingCode))
                .line("controller", controller)
                .line("items", String.join(" ", items))
                .line("purposes", String.join(" ", purposes))
                .line("retention", retention)
                .line("region", region)
                .line("withdrawal", withdrawal)
                .line("proof", spell(proofMethod))
                .line("approved-at", approvedAt)
                .line("recorded-at", recordedAt)
                .line("activated-at", activatedAt)
                .done();
    }

    /// @throws MalformedDocument if `canonical` is not the canonical form of a receipt
    public static ConsentReceipt parse(Bytes canonical) {
        var reader = new CanonicalText.Reader(LABEL, canonical);
        return CanonicalText.read(
                canonical,
                () -> new ConsentReceipt(
                        ConsentId.parseHex(reader.take("consent")),
                        DeviceId.parseHex(reader.take("device")),
                        PublicKey.ofPoint(reader.takeHex("device-key")),
                        reader.takeHex("grant"),
                        reader.takeHex("notice"),
                        reader.take("notice-version"),
                        reader.take("locale"),
                        reader.takeInt("country"),
                        reader.take("controller"),
                        List.of(reader.take("items").split(" ", -1)),
                        List.of(reader.take("purposes").split(" ", -1)),
                        reader.take("retention"),
                        reader.take("region"),
                        reader.take("withdrawal"),
                        unspell(reader.take("proof")),
                        reader.takeInstant("approved-at"),
                        reader.takeInstant("recorded-at"),
                        reader.takeInstant("activated-at")));
    }

    /// The locale alone, of a receipt that is known to be one: to read the whole takes fifty times as long.
    ///
    /// @throws MalformedDocument if it has no such line
    public static String localeOf(Bytes canonical) {
        String text = canonical.toUtf8();
        String key = "\nlocale: "; // no value has a line feed, so this is the line and no part of another
        int at = text.indexOf(key);
        int end = text.indexOf('\n', at + 1);
        if (at < 0 || end < 0) {
            throw new MalformedDocument("expected the line 'locale'");
        }
        return text.substring(at + key.length(), end);
    }

    private static String spell(ProofMethod method) {
        return switch (method) {
            case SMS_CODE -> "sms-code";
            case DEVICE_SMS -> "device-sms";
        };
    }

    private static ProofMethod unspell(String spelled) {
        for (ProofMethod method : ProofMethod.values()) {
            if (spell(method).equals(spelled)) {
                return method;
            }
        }
        throw new MalformedDocument("'proof' is neither sms-code nor device-sms");
    }
}
