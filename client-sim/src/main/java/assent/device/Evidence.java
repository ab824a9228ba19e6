package assent.device;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.Es256;
import assent.protocol.consent.MalformedDocument;
import assent.protocol.consent.Notice;
import assent.protocol.consent.PublicKey;
import assent.protocol.consent.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether the gateway's documents prove what they should. Each check gives the first fault that it
/// finds.
final class Evidence {
    private Evidence() {}

    /// The receipt must be signed, and say of the consent exactly what this device's user approved.
    static Optional<String> faultOf(
            GatewayFrame.Activated activated, Step.Challenged challenged, PublicKey signingKey) {
        if (!Es256.verify(signingKey, activated.receipt(), activated.receiptSignature())) {
            return Optional.of("the receipt's signature");
        }
        ConsentReceipt receipt;
        try {
            receipt = ConsentReceipt.parse(activated.receipt());
        } catch (MalformedDocument e) {
            return Optional.of("the receipt's form");
        }
        var approval = challenged.approved().approval();
        var notice = approval.notice();
        var grant = approval.grant();
        return fault(
                ofGrant(receipt, notice, grant),
                new Claimed(
                        "consent", receipt.consentId(), challenged.approved().consentId()),
                new Claimed("device", receipt.deviceId(), activated.deviceId()),
                new Claimed("device-key", receipt.deviceKey(), approval.key().publicKey()),
                new Claimed("proof", receipt.proofMethod(), challenged.claim().method()));
    }

    /// The receipt must be signed, say of the consent exactly what this device's user approved last, and
    /// of the activation what the one before said.
    static Optional<String> faultOf(GatewayFrame.ConsentRenewed renewed, KeptActivation activation) {
        if (!Es256.verify(activation.signingKey(), renewed.receipt(), renewed.receiptSignature())) {
            return Optional.of("the receipt's signature");
        }
        ConsentReceipt receipt;
        try {
            receipt = ConsentReceipt.parse(renewed.receipt());
        } catch (MalformedDocument e) {
            return Optional.of("the receipt's form");
        }
        var pending = activation.renewal().orElseThrow();
        var before = activation.papers().parseReceipt();
        return fault(
                ofGrant(receipt, Notice.parse(pending.notice()), ConsentGrant.parse(pending.grant())),
                new Claimed("device", receipt.deviceId(), activation.deviceId()),
                new Claimed("device-key", receipt.deviceKey(), activation.key().publicKey()),
                new Claimed("proof", receipt.proofMethod(), before.proofMethod()),
                new Claimed("activated-at", receipt.activatedAt(), before.activatedAt()));
    }

    private static Optional<String> fault(List<Claimed> ofGrant, Claimed... others) {
        return Stream.concat(ofGrant.stream(), Stream.of(others))
                .filter(claimed -> !claimed.said().equals(claimed.known()))
                .map(claimed -> "the receipt's line '" + claimed.line() + "'")
                .findFirst();
    }

    private static List<Claimed> ofGrant(ConsentReceipt receipt, Notice notice, ConsentGrant grant) {
        return List.of(
                new Claimed("grant", receipt.grantHash(), Sha256.of(grant.canonical())),
                new Claimed("notice", receipt.noticeHash(), notice.hash()),
                new Claimed("notice-version", receipt.noticeVersion(), notice.version()),
                new Claimed("locale", receipt.locale(), grant.locale()),
                new Claimed("country", receipt.countryCallingCode(), grant.countryCallingCode()),
                new Claimed("controller", receipt.controller(), notice.controller()),
                new Claimed("items", receipt.items(), List.copyOf(notice.items().keySet())),
                new Claimed("purposes", receipt.purposes(), grant.purposes()),
                new Claimed("retention", receipt.retention(), notice.retention()),
                new Claimed("region", receipt.region(), notice.region()),
                new Claimed("withdrawal", receipt.withdrawal(), notice.withdrawal()),
                new Claimed("approved-at", receipt.approvedAt(), grant.approvedAt()));
    }

    /// The certificate must be signed; which activation it names, nobody here knows.
    static Optional<String> faultOf(GatewayFrame.Withdrawn withdrawn, PublicKey signingKey) {
        if (!Es256.verify(signingKey, withdrawn.certificate(), withdrawn.certificateSignature())) {
            return Optional.of("the certificate's signature");
        }
        try {
            ErasureCertificate.parse(withdrawn.certificate());
            return Optional.empty();
        } catch (MalformedDocument e) {
            return Optional.of("the certificate's form");
        }
    }

    /// The certificate must be signed, and name the activation that was withdrawn.
    static Optional<String> faultOf(
            Bytes certificate, Bytes signature, KeptActivation activation, Instant requestedAt) {
        if (!Es256.verify(activation.signingKey(), certificate, signature)) {
            return Optional.of("the certificate's signature");
        }
        ErasureCertificate parsed;
        try {
            parsed = ErasureCertificate.parse(certificate);
        } catch (MalformedDocument e) {
            return Optional.of("the certificate's form");
        }
        DeviceId deviceId = activation.deviceId();
        // With a renewal under way nobody here knows which of two consents it was.
        Object consent = activation.renewal().isPresent()
                ? parsed.consentId()
                : activation.papers().parseReceipt().consentId();
        return List.of(
                        new Claimed("consent", parsed.consentId(), consent),
                        new Claimed("device", parsed.deviceId(), deviceId),
                        new Claimed("requested-at", parsed.requestedAt(), requestedAt.truncatedTo(ChronoUnit.MILLIS)))
                .stream()
                .filter(claimed -> !claimed.said().equals(claimed.known()))
                .map(claimed -> "the certificate's line '" + claimed.line() + "'")
                .findFirst();
    }

    private record Claimed(String line, Object said, Object known) {}
}
