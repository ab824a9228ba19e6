package assent.server.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.PhoneNumber;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsTextTest {
    /// Septets read off the tables of 3GPP TS 23.038, 6.2.1.
    @ParameterizedTest
    @CsvSource({
        "@, 00", "£$¥, 010203", "èéùìòÇ, 040506070809", "ØøÅå, 0b0c0e0f", "Δ_ΦΓ, 10111213", "ΛΩΠΨΣΘΞ, 1415161718191a",
        "ÆæßÉ, 1c1d1e1f", "¤, 24", "042917, 303432393137", "¡A, 4041", "ZÄÖÑÜ§, 5a5b5c5d5e5f", "¿a, 6061",
        "zäöñüà, 7a7b7c7d7e7f", "^{}, 1b141b281b29", "'\\[~]|', 1b2f1b3c1b3d1b3e1b40", "€, 1b65",
    })
    void theGsmAlphabetIsTheStandards(String text, String septets) {
        SmsText sms = SmsText.of(text);

        assertThat(sms.alphabet()).isEqualTo(SmsText.Alphabet.GSM7);
        assertThat(HexFormat.of().formatHex(sms.encoded())).isEqualTo(septets);
        assertThat(GsmAlphabet.decode(sms.encoded())).contains(text);
    }

    @Test
    void everySeptetButTheEscapeIsACharacterAndBack() {
        for (byte septet = 0; septet >= 0 && septet < 127; septet++) {
            if (septet != 0x1b) {
                String text = GsmAlphabet.decode(new byte[] {septet}).orElseThrow();
                assertThat(GsmAlphabet.encode(text).orElseThrow()).containsExactly(septet);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"कोड, 0915094b0921", "验证码, 9a8c8bc17801", "👍, d83ddc4d", "ç, 00e7", "a`, 00610060"})
    void whatTheGsmAlphabetLacksTravelsInUcs2(String text, String units) {
        SmsText sms = SmsText.of(text);

        assertThat(sms.alphabet()).isEqualTo(SmsText.Alphabet.UCS2);
        assertThat(HexFormat.of().formatHex(sms.encoded())).isEqualTo(units);
    }

    @Test
    void aTextThatDoesNotFitIntoOneSmsIsRefused() {
        SmsText.of("x".repeat(160));
        SmsText.of("码".repeat(70));

        assertThatThrownBy(() -> SmsText.of("x".repeat(161)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 160")
                .hasMessageContaining("161");
        assertThatThrownBy(() -> SmsText.of("x".repeat(159) + "€")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SmsText.of("码".repeat(71))).hasMessageContaining("at most 70");
        assertThatThrownBy(() -> SmsText.of("👍".repeat(36))).hasMessageContaining("has 72");
        assertThatThrownBy(() -> SmsText.of("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> SmsText.of("\ud83d")).hasMessageContaining("half a character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1b", "411b", "80", "ff"})
    void septetsThatAreNoneAreNotRead(String septets) {
        assertThat(GsmAlphabet.decode(HexFormat.of().parseHex(septets))).isEmpty();
    }

    @Test
    void anEscapeThatTheExtensionTableLacksShowsTheBasicCharacter() {
        assertThat(GsmAlphabet.decode(new byte[] {0x1b, 'A'})).contains("A");
    }

    @Test
    void codesAndNumbersDoNotPrint() {
        SmsText text = SmsText.of("042917");
        ArrivedSms arrived = new ArrivedSms(PhoneNumber.parse("+919810012345"), "27722", "042917");

        assertThat(text.toString()).doesNotContain("042917");
        assertThat(arrived.toString()).doesNotContain("042917").doesNotContain("98100");
        assertThatThrownBy(() -> SmsText.of("secret".repeat(40))).hasMessageNotContaining("secret");
    }
}
