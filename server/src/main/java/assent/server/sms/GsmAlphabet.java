package assent.server.sms;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// The GSM 7 bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1 and 6.2.1.1), one
/// septet in each byte, as SMPP carries it. Characters of the extension table take two.
public final class GsmAlphabet {
    private static final int ESCAPE = 0x1b;

    /// The character at index `i` has the septet `i`. The escape stands for itself.
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ"
            + " !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
            + "¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static final String EXTENDED = "\f^{}\\[~]|€";

    /// The septet after the escape, in the order of [#EXTENDED].
    private static final String EXTENDED_SEPTETS = "\n\u0014()/<=>@e";

    private GsmAlphabet() {}

    /// The septets of `text`, or nothing if a character has none.
    public static Optional<byte[]> encode(String text) {
        ByteArrayOutputStream septets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int basic = BASIC.indexOf(c);
            int extended = EXTENDED.indexOf(c);
            if (basic >= 0 && basic != ESCAPE) {
                septets.write(basic);
            } else if (extended >= 0) {
                septets.write(ESCAPE);
                septets.write(EXTENDED_SEPTETS.charAt(extended));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(septets.toByteArray());
    }

    /// The text of `septets`, or nothing if one is no septet or an escape ends it. An escaped septet
    /// that the extension table lacks is read as the basic table's (TS 23.038, 6.2.1.1).
    public static Optional<String> decode(byte[] septets) {
        StringBuilder text = new StringBuilder(septets.length);
        for (int i = 0; i < septets.length; i++) {
            boolean escaped = septets[i] == ESCAPE;
            if (escaped && ++i == septets.length) {
                return Optional.empty();
            }
            if (septets[i] < 0) {
                return Optional.empty();
            }
            int extended = escaped ? EXTENDED_SEPTETS.indexOf(septets[i]) : -1;
            text.append(extended >= 0 ? EXTENDED.charAt(extended) : BASIC.charAt(septets[i]));
        }
        return Optional.of(text.toString());
    }
}
