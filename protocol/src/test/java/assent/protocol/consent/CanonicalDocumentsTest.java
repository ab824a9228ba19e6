package assent.protocol.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.Bytes;
import assent.protocol.Limits;
import assent.protocol.Samples;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules that hold for every type of document: one document, one spelling.
class CanonicalDocumentsTest {
    static Stream<SignedDocument> everyDocument() {
        return Samples.documents().values().stream();
    }

    static SignedDocument parse(SignedDocument like, Bytes canonical) {
        return switch (like) {
            case Notice _ -> Notice.parse(canonical);
            case ConsentGrant _ -> ConsentGrant.parse(canonical);
            case ConsentReceipt _ -> ConsentReceipt.parse(canonical);
            case WithdrawalRequest _ -> WithdrawalRequest.parse(canonical);
            case ErasureCertificate _ -> ErasureCertificate.parse(canonical);
        };
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void aDocumentIsReadAsItWasWritten(SignedDocument document) {
        SignedDocument read = parse(document, document.canonical());
        assertThat(read).isEqualTo(document);
        assertThat(read.canonical()).isEqualTo(document.canonical());
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void otherLineEndsAreRefused(SignedDocument document) {
        assertRefused(document, text -> text.replace("\n", "\r\n"));
        assertRefused(document, text -> text.substring(0, text.length() - 1));
        assertRefused(document, text -> text.replaceFirst("\n", "\n\n"));
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void extraSpacesAreRefused(SignedDocument document) {
        for (int line = 1; line < lines(document).size(); line++) {
            assertLineRefused(document, line, text -> text.replaceFirst(": ", ":  "));
            assertLineRefused(document, line, text -> text.replaceFirst(": ", " : "));
            assertLineRefused(document, line, text -> text.replaceFirst(": ", ":\u00a0"));
            assertLineRefused(document, line, text -> text.replaceFirst(": ", ": \u00a0"));
            assertLineRefused(document, line, text -> text.replaceFirst(": ", ":"));
            for (String space :
                    List.of(" ", "\t", "\u00a0", "\u2007", "\u202f", "\u3000", "\ufeff", "\u2028", "\u0085")) {
                assertLineRefused(document, line, text -> text + space);
            }
            assertLineRefused(document, line, text -> " " + text);
        }
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void otherOrderIsRefused(SignedDocument document) {
        List<String> lines = lines(document);
        for (int line = 0; line + 1 < lines.size(); line++) {
            // The order of a notice's items, and of its purposes, is the operator's: both orders are documents.
            if (!lines.get(line).startsWith("item.") || !lines.get(line + 1).startsWith("item.")) {
                var swapped = new ArrayList<>(lines);
                Collections.swap(swapped, line, line + 1);
                assertRefused(document, joined(swapped));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void aLineTooManyOrTooFewIsRefused(SignedDocument document) {
        List<String> lines = lines(document);
        for (int line = 0; line < lines.size(); line++) {
            var twice = new ArrayList<>(lines);
            twice.add(line, lines.get(line));
            assertRefused(document, joined(twice));
            if (!lines.get(line).startsWith("item.")) {
                var without = new ArrayList<>(lines);
                without.remove(line);
                assertRefused(document, joined(without));
            }
        }
        assertRefused(document, text -> text + "more: of it\n");
        assertRefused(document, text -> text + "\n");
        assertRefused(document, text -> text + "\0");
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void anotherLabelIsRefused(SignedDocument document) {
        assertRefused(document, text -> text.replaceFirst(" v1\n", " v2\n"));
        assertRefused(document, text -> text.substring(text.indexOf('\n') + 1));
        assertRefused(document, _ -> "");
        Samples.documents().values().stream()
                .filter(other -> other.getClass() != document.getClass())
                .forEach(other -> assertRefused(document, other.canonical().toUtf8()));
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void bytesThatAreNotPlainUtf8AreRefused(SignedDocument document) {
        assertRefused(document, text -> "\ufeff" + text);
        byte[] canonical = document.canonical().borrow();
        for (byte[] bad : new byte[][] {
            {(byte) 0xff}, {(byte) 0xc0, (byte) 0x8a}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, {(byte) 0x80}, {0}
        }) {
            for (int at : new int[] {0, 8, canonical.length - 2, canonical.length}) {
                var out = new ByteArrayOutputStream();
                out.write(canonical, 0, at);
                out.writeBytes(bad);
                out.write(canonical, at, canonical.length - at);
                assertRefused(document, Bytes.wrap(out.toByteArray()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void aDocumentBeyondItsLimitIsRefused(SignedDocument document) {
        assertRefused(document, text -> text + "x".repeat(Limits.DOCUMENT_BYTES_MAX));
        assertRefused(document, text -> text + "a: b\n".repeat(Limits.DOCUMENT_BYTES_MAX / 5));
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void aFlippedBitAnywhereChangesTheHashAndSpoilsTheSignature(SignedDocument document) {
        Bytes canonical = document.canonical();
        Bytes hash = Sha256.of(canonical);
        Bytes signature = TestKeys.DEVICE.sign(canonical);
        for (int i = 0; i < canonical.length(); i++) {
            byte[] flipped = canonical.toArray();
            flipped[i] ^= (byte) (1 << (i % 8));
            Bytes other = Bytes.wrap(flipped);
            assertThat(Sha256.of(other)).isNotEqualTo(hash);
            assertThat(Es256.verify(Samples.DEVICE_KEY, other, signature)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("everyDocument")
    void whateverIsReadIsWrittenAgainWithTheSameBytes(SignedDocument document) {
        var random = new Random(20_261_122);
        for (int round = 0; round < 5_000; round++) {
            byte[] mutated = document.canonical().toArray();
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            Bytes bytes = Bytes.wrap(mutated);
            try {
                assertThat(parse(document, bytes).canonical()).isEqualTo(bytes);
            } catch (MalformedDocument e) {
                assertThat(e).hasNoCause();
            }
        }
    }

    private static List<String> lines(SignedDocument document) {
        return document.canonical().toUtf8().lines().toList();
    }

    private static String joined(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static void assertLineRefused(SignedDocument document, int line, UnaryOperator<String> change) {
        var lines = new ArrayList<>(lines(document));
        lines.set(line, change.apply(lines.get(line)));
        assertRefused(document, joined(lines));
    }

    private static void assertRefused(SignedDocument like, UnaryOperator<String> change) {
        assertRefused(like, change.apply(like.canonical().toUtf8()));
    }

    static void assertRefused(SignedDocument like, String text) {
        assertRefused(like, Bytes.utf8(text));
    }

    private static void assertRefused(SignedDocument like, Bytes bytes) {
        assertThatThrownBy(() -> parse(like, bytes))
                .as(bytes::toUtf8)
                .isInstanceOf(MalformedDocument.class)
                .hasNoCause();
    }
}
