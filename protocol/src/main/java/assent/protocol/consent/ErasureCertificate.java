package assent.protocol.consent;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import java.time.Instant;
import java.util.List;

/// The gateway's signed word that a withdrawn activation is erased. Immutable.
///
/// @param erased names of the kinds of data that were erased
/// @param messagesErased how many waiting messages were among them
/// @param kept names of what is kept by law, each with `until` and a date; the single word
///     `nothing` if there is none
public record ErasureCertificate(
        ConsentId consentId,
        DeviceId deviceId,
        Instant requestedAt,
        Instant erasedAt,
        List<String> erased,
        int messagesErased,
        String kept)
        implements SignedDocument {
    private static final String LABEL = "assent erasure-certificate v1";

    public ErasureCertificate {
        requestedAt = DocumentValues.requireInstant("requested-at", requestedAt);
        erasedAt = DocumentValues.requireInstant("erased-at", erasedAt);
        erased = DocumentValues.requireNames("erased", erased);
        DocumentValues.requireCount("messages-erased", messagesErased);
    }

    @Override
    public Bytes canonical() {
        return new CanonicalText.Writer(LABEL)
                .line("consent", consentId.hex())
                .line("device", deviceId.hex())
                .line("requested-at", requestedAt)
                .line("erased-at", erasedAt)
                .line("erased", String.join(" ", erased))
                .line("messages-erased", Integer.toString(messagesErased))
                .line("kept", kept)
                .done();
    }

    /// @throws MalformedDocument if `canonical` is not the canonical form of an erasure certificate
    public static ErasureCertificate parse(Bytes canonical) {
        var reader = new CanonicalText.Reader(LABEL, canonical);
        return CanonicalText.read(
                canonical,
                () -> new ErasureCertificate(
                        ConsentId.parseHex(reader.take("consent")),
                        DeviceId.parseHex(reader.take("device")),
                        reader.takeInstant("requested-at"),
                        reader.takeInstant("erased-at"),
                        List.of(reader.take("erased").split(" ", -1)),
                        reader.takeInt("messages-erased"),
                        reader.take("kept")));
    }
}
