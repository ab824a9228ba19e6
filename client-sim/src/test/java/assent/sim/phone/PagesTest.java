package assent.sim.phone;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.consent.Notice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private static Notice notice(String locale, String longText) {
        Map<String, String> items = new LinkedHashMap<>();
        items.put("phone-number", "Your number. " + longText);
        items.put("device-key", "A key.");
        return new Notice(
                "2026-11",
                locale,
                "Title of it",
                "Controller of it",
                items,
                Map.of("message-routing", "To route. " + longText),
                "Retention of it",
                "Region of it",
                "Cost of it",
                3,
                "Withdrawal of it");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 100})
    void aPageSaysAllOfTheNoticeWithinItsWidth(int width) {
        Notice notice = notice(
                "en",
                "It is kept as long as it is needed and not a day longer. "
                        .repeat(5)
                        .strip());
        List<String> page = Pages.notice(notice, notice.hash(), width);

        assertThat(page).allMatch(line -> Wrapping.columns(line) <= width);
        String words = String.join(" ", page).replaceAll("\\s+", " ");
        assertThat(words)
                .contains("Title of it", "Controller of it", "Retention of it", "Region of it", "Cost of it")
                .contains("Withdrawal of it", "2026-11", "A key.", "At most 3 SMS")
                .contains(
                        notice.items().getOrDefault("phone-number", "?"),
                        notice.purposes().getOrDefault("message-routing", "?"));
        assertThat(words.replace(" ", "")).contains(notice.hash().hex());
    }

    @Test
    void chineseHasNoSpacesAndIsWrappedAllTheSame() {
        Notice notice = notice("zh", "您的号码只用于传递您的消息，别无他用。".repeat(6));
        List<String> page = Pages.notice(notice, notice.hash(), 60);

        assertThat(page).allMatch(line -> Wrapping.columns(line) <= 60);
        assertThat(String.join("", page).replace(" ", ""))
                .contains(notice.items().getOrDefault("phone-number", "?").replace(" ", ""));
    }

    @Test
    void aNoticeCannotSteerTheTerminal() {
        Notice notice = notice("en", "before\u202Eafter");
        assertThat(Pages.notice(notice, notice.hash(), 80)).noneMatch(line -> line.indexOf('\u202E') >= 0);
    }

    @Test
    void whatOthersWriteLosesControlCharactersAndKeepsItsWords() {
        assertThat(SafeText.of("\u001b[31mred\u0007 a\nb\tc \u202Eabc\u2066 é你👋"))
                .isEqualTo("\uFFFD[31mred\uFFFD a b c \uFFFDabc\uFFFD é你👋");
    }
}
