package assent.protocol.consent;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.Limits;
import java.time.Instant;

/// The user's off switch, as the device signs it. Immutable.
///
/// @param serverNonce binds the request to one connection
/// @param requestedAt when the user switched off, by the device's clock; before the connection if
///     it was offline then
public record WithdrawalRequest(DeviceId deviceId, Bytes serverNonce, Instant requestedAt) implements SignedDocument {
    private static final String LABEL = "assent withdrawal v1";

    public WithdrawalRequest {
        DocumentValues.requireLength("server-nonce", serverNonce, Limits.NONCE_BYTES);
        requestedAt = DocumentValues.requireInstant("requested-at", requestedAt);
    }

    @Override
    public Bytes canonical() {
        return new CanonicalText.Writer(LABEL)
                .line("device", deviceId.hex())
                .line("server-nonce", serverNonce.hex())
                .line("requested-at", requestedAt)
                .done();
    }

    /// @throws MalformedDocument if `canonical` is not the canonical form of a withdrawal request
    public static WithdrawalRequest parse(Bytes canonical) {
        var reader = new CanonicalText.Reader(LABEL, canonical);
        return CanonicalText.read(
                canonical,
                () -> new WithdrawalRequest(
                        DeviceId.parseHex(reader.take("device")),
                        reader.takeHex("server-nonce"),
                        reader.takeInstant("requested-at")));
    }
}
