package assent.server.sms.smpp;

import assent.server.sms.GsmAlphabet;
import assent.server.sms.SmsText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The `short_message` of a received SMS, read as its `data_coding` says (SMPP 3.4, 5.2.19).
final class ShortMessages {
    private static final int DEFAULT_ALPHABET = 0;
    private static final int IA5 = 1;
    private static final int LATIN_1 = 3;
    private static final int UCS2 = 8;

    private ShortMessages() {}

    static boolean isTooLong(byte dataCoding, byte[] message) {
        int bytesMax = dataCoding == UCS2 ? 2 * SmsText.UCS2_UNITS_MAX : SmsText.GSM7_SEPTETS_MAX;
        return message.length > bytesMax;
    }

    /// @return nothing if the alphabet is another, or the bytes are not well-formed in it
    static Optional<String> decode(byte dataCoding, byte[] message) {
        return switch (dataCoding) {
            case DEFAULT_ALPHABET -> GsmAlphabet.decode(message);
            case IA5 -> strictly(StandardCharsets.US_ASCII, message);
            case LATIN_1 -> strictly(StandardCharsets.ISO_8859_1, message);
            case UCS2 -> strictly(StandardCharsets.UTF_16BE, message);
            default -> Optional.empty();
        };
    }

    private static Optional<String> strictly(Charset charset, byte[] message) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(message)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
