package assent.sim.carrier;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Texts as an SMS carries them: the GSM 7 bit default alphabet with its extensions, one septet in each
/// byte, or UCS-2 (3GPP TS 23.038). Written apart from the gateway's own table on purpose: if either
/// has a character wrong, an SMS arrives garbled and a test says so.
final class SmsCoding {
    /// `data_coding` of the default alphabet and of UCS-2 (SMPP 3.4, 5.2.19).
    static final byte GSM7 = 0;

    static final byte UCS2 = 8;

    static final int GSM7_BYTES_MAX = 160;
    static final int UCS2_BYTES_MAX = 140;

    private static final byte ESCAPE = 0x1b;

    /// Rows of sixteen septets, as the standard prints its columns; a space stands where the escape is.
    private static final String TABLE = "@£$¥èéùìòÇ\nØø\rÅå" //
            + "Δ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ"
            + " !\"#¤%&'()*+,-./"
            + "0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNO"
            + "PQRSTUVWXYZÄÖÑÜ§"
            + "¿abcdefghijklmno"
            + "pqrstuvwxyzäöñüà";

    private static final Map<Byte, Character> EXTENSIONS = Map.of(
            (byte) 0x0a,
            '\f',
            (byte) 0x14,
            '^',
            (byte) 0x28,
            '{',
            (byte) 0x29,
            '}',
            (byte) 0x2f,
            '\\',
            (byte) 0x3c,
            '[',
            (byte) 0x3d,
            '~',
            (byte) 0x3e,
            ']',
            (byte) 0x40,
            '|',
            (byte) 0x65,
            '€');

    private static final Map<Character, Byte> EXTENSION_SEPTETS = EXTENSIONS.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private SmsCoding() {}

    /// A text as it travels. Personal data, so it has no `toString` that shows it. Immutable.
    static final class Encoded {
        private final byte dataCoding;
        private final byte[] bytes;

        private Encoded(byte dataCoding, byte[] bytes) {
            this.dataCoding = dataCoding;
            this.bytes = bytes;
        }

        byte dataCoding() {
            return dataCoding;
        }

        /// The bytes themselves, lent.
        byte[] bytes() {
            return bytes;
        }
    }

    /// @throws IllegalArgumentException if the text does not fit into one SMS; the message does not
    ///     repeat it
    static Encoded encode(String text) {
        Optional<byte[]> septets = septets(text);
        Encoded encoded = septets.isPresent()
                ? new Encoded(GSM7, septets.get())
                : new Encoded(UCS2, text.getBytes(StandardCharsets.UTF_16BE));
        if (!fits(encoded.dataCoding(), encoded.bytes())) {
            throw new IllegalArgumentException(
                    "the text does not fit into one SMS: at most 160 characters, or 70 if one"
                            + " of them is not in the GSM 7 bit alphabet");
        }
        return encoded;
    }

    /// @throws IllegalArgumentException as [#encode]
    static void requireFits(String text) {
        encode(text);
    }

    static boolean fits(byte dataCoding, byte[] bytes) {
        return bytes.length <= (dataCoding == UCS2 ? UCS2_BYTES_MAX : GSM7_BYTES_MAX);
    }

    private static Optional<byte[]> septets(String text) {
        ByteArrayOutputStream septets = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            Byte extension = EXTENSION_SEPTETS.get(c);
            int septet = extension == null ? TABLE.indexOf(c) : extension;
            if (septet < 0) {
                return Optional.empty();
            }
            if (extension != null) {
                septets.write(ESCAPE);
            }
            septets.write(c == ' ' ? ' ' : septet);
        }
        return Optional.of(septets.toByteArray());
    }

    /// @return nothing if the alphabet is another, or the bytes are not well-formed in it
    static Optional<String> decode(byte dataCoding, byte[] bytes) {
        return switch (dataCoding) {
            case GSM7 -> fromSeptets(bytes);
            case UCS2 -> fromUcs2(bytes);
            default -> Optional.empty();
        };
    }

    private static Optional<String> fromSeptets(byte[] septets) {
        StringBuilder text = new StringBuilder();
        boolean escaped = false;
        for (byte septet : septets) {
            Character extension = escaped ? EXTENSIONS.get(septet) : null;
            if (septet < 0 || (escaped && extension == null)) {
                return Optional.empty();
            }
            escaped = !escaped && septet == ESCAPE;
            if (extension != null) {
                text.append(extension.charValue());
            } else if (!escaped) {
                text.append(TABLE.charAt(septet));
            }
        }
        return escaped ? Optional.empty() : Optional.of(text.toString());
    }

    private static Optional<String> fromUcs2(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_16BE
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
