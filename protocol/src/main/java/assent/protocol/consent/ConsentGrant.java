package assent.protocol.consent;

import assent.protocol.Bytes;
import assent.protocol.Limits;
import java.time.Instant;
import java.util.List;

/// The user's yes, as the device signs it. No phone number is in it. Immutable.
///
/// @param noticeHash the notice that was on the screen
/// @param purposes names of all purposes of that notice, in its order
/// @param countryCallingCode what the notice was asked for with
/// @param deviceKey the key that signs this grant and later sign-ins
/// @param serverNonce binds the grant to one connection
/// @param approvedAt by the device's clock, in milliseconds
public record ConsentGrant(
        Bytes noticeHash,
        List<String> purposes,
        String locale,
        int countryCallingCode,
        PublicKey deviceKey,
        Bytes serverNonce,
        Instant approvedAt)
        implements SignedDocument {
    private static final String LABEL = "assent consent-grant v1";

    public ConsentGrant {
        DocumentValues.requireLength("notice", noticeHash, DocumentValues.HASH_BYTES);
        purposes = DocumentValues.requireNames("purposes", purposes);
        DocumentValues.requireLocale("locale", locale);
        DocumentValues.requireCountry("country", countryCallingCode);
        DocumentValues.requireLength("server-nonce", serverNonce, Limits.NONCE_BYTES);
        approvedAt = DocumentValues.requireInstant("approved-at", approvedAt);
    }

    @Override
    public Bytes canonical() {
        return new CanonicalText.Writer(LABEL)
                .line("notice", noticeHash.hex())
                .line("purposes", String.join(" ", purposes))
                .line("locale", locale)
                .line("country", Integer.toString(countryCallingCode))
                .line("device-key", deviceKey.point().hex())
                .line("server-nonce", serverNonce.hex())
                .line("approved-at", approvedAt)
                .done();
    }

    /// @throws MalformedDocument if `canonical` is not the canonical form of a grant
    public static ConsentGrant parse(Bytes canonical) {
        var reader = new CanonicalText.Reader(LABEL, canonical);
        return CanonicalText.read(
                canonical,
                () -> new ConsentGrant(
                        reader.takeHex("notice"),
                        List.of(reader.take("purposes").split(" ", -1)),
                        reader.take("locale"),
                        reader.takeInt("country"),
                        PublicKey.ofPoint(reader.takeHex("device-key")),
                        reader.takeHex("server-nonce"),
                        reader.takeInstant("approved-at")));
    }
}
