package assent.protocol.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.Bytes;
import assent.protocol.Samples;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What no document can be made with, on whichever side it is made.
class DocumentBoundsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T18:13:57.250Z");
    private static final Map<String, String> ITEMS = Map.of("phone-number", "Your number.");
    private static final List<String> PURPOSES = List.of("message-delivery");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a ",
                "a\nb",
                "a\rb",
                "a\tb",
                "a\0b",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b",
                "a\u007fb",
                "\u00a0a",
                "a\u00a0",
                "\u3000a",
                "a\u2007",
                "a\u202f",
                "\ufeffa",
                "a\ufeffb",
                "a\ud800b",
                "\udc00"
            })
    void aTextThatAViewerCouldShowAsAnotherIsRefused(String text) {
        assertThatThrownBy(() -> notice(text, ITEMS, 3).canonical())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'title' needs 1 to 4000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a: b", ": ", "a\u00a0b", "é", "再见 👋", "مرحبا", "क्‍ष", "\ud83d\udc4b"})
    void aTextOfAnyLanguageIsTaken(String text) {
        if (!text.endsWith(" ")) {
            Notice notice = notice(text, ITEMS, 3);
            assertThat(Notice.parse(notice.canonical())).isEqualTo(notice);
        }
    }

    @Test
    void aTextHasFourThousandCharactersAtMostHoweverLongTheirBytes() {
        assertThat(notice("👋".repeat(4_000), ITEMS, 3).canonical().length()).isGreaterThan(16_000);
        assertThatThrownBy(() -> notice("a".repeat(4_001), ITEMS, 3).canonical())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDocumentHasTwentyFourKibibytesAtMost() {
        var items = new LinkedHashMap<String, String>();
        for (int i = 0; i < 7; i++) {
            items.put("item-" + i, "x".repeat(3_990));
        }
        assertThatThrownBy(() -> notice("Title", items, 3).canonical())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 24576 bytes");
    }

    @Test
    void aNoticeNamesItemsPurposesAndItsGreatestNumberOfSms() {
        assertThatThrownBy(() -> notice("Title", Map.of(), 3)).hasMessageContaining("at least one item");
        assertThatThrownBy(() -> notice("Title", Map.of("Phone Number", "x"), 3))
                .hasMessageContaining("'items'");
        assertThatThrownBy(() -> notice("Title", ITEMS, 0)).hasMessageContaining("'sms-max'");
        assertThatThrownBy(() -> notice("Title", ITEMS, 11)).hasMessageContaining("'sms-max'");
    }

    @Test
    void aGrantIsBoundToOneHashNonceCountryAndSetOfPurposes() {
        assertThat(grant(32, PURPOSES, 44, 32, NOW)).isNotNull();
        assertGrantRefused("'notice'", 31, PURPOSES, 44, 32, NOW);
        assertGrantRefused("'purposes'", 32, List.of(), 44, 32, NOW);
        assertGrantRefused("'purposes'", 32, List.of("a b"), 44, 32, NOW);
        assertGrantRefused("'purposes'", 32, List.of("a", "a"), 44, 32, NOW);
        assertGrantRefused("'country'", 32, PURPOSES, 0, 32, NOW);
        assertGrantRefused("'country'", 32, PURPOSES, 1_000, 32, NOW);
        assertGrantRefused("'server-nonce'", 32, PURPOSES, 44, 16, NOW);
        assertGrantRefused("'approved-at'", 32, PURPOSES, 44, 32, Instant.parse("1969-12-31T23:59:59.999Z"));
        assertGrantRefused("'approved-at'", 32, PURPOSES, 44, 32, Instant.parse("+10000-01-01T00:00:00Z"));
    }

    @Test
    void aTimeAlwaysHasThreeDigitsOfFraction() {
        for (String time : new String[] {
            "1970-01-01T00:00:00.000Z",
            "2026-11-22T18:13:57.000Z",
            "2026-11-22T18:13:57.120Z",
            "9999-12-31T23:59:59.999Z"
        }) {
            var grant = grant(32, PURPOSES, 44, 32, Instant.parse(time));
            assertThat(grant.canonical().toUtf8()).endsWith("approved-at: " + time + "\n");
            assertThat(ConsentGrant.parse(grant.canonical())).isEqualTo(grant);
        }
    }

    @Test
    void aTimeIsCutToItsMilliseconds() {
        var grant = grant(32, PURPOSES, 44, 32, NOW.plusNanos(999_999));
        assertThat(grant.approvedAt()).isEqualTo(NOW);
    }

    @Test
    void aCertificateCountsNoNegativeMessages() {
        assertThatThrownBy(() -> new ErasureCertificate(
                        Samples.CONSENT_ID, Samples.DEVICE_ID, NOW, NOW, List.of("messages"), -1, "nothing"))
                .hasMessageContaining("'messages-erased'");
    }

    private static void assertGrantRefused(
            String key, int hashBytes, List<String> purposes, int country, int nonceBytes, Instant approvedAt) {
        assertThatThrownBy(() -> grant(hashBytes, purposes, country, nonceBytes, approvedAt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }

    private static ConsentGrant grant(
            int hashBytes, List<String> purposes, int country, int nonceBytes, Instant approvedAt) {
        return new ConsentGrant(
                Bytes.wrap(new byte[hashBytes]),
                purposes,
                "en",
                country,
                Samples.DEVICE_KEY,
                Bytes.wrap(new byte[nonceBytes]),
                approvedAt);
    }

    private static Notice notice(String title, Map<String, String> items, int smsMax) {
        return new Notice(
                "1", "en", title, "Example", items, Map.of("message-delivery", "x"), "x", "x", "x", smsMax, "x");
    }
}
