package assent.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.consent.Notice;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The notices that come with the gateway.
class BuiltInNoticesTest {
    private static final Pattern FIGURE = Pattern.compile("[0-9]+");

    private final Notices notices = BuiltInNotices.load();

    private static List<String> figures(String text) {
        return FIGURE.matcher(text).results().map(MatchResult::group).sorted().collect(Collectors.toList());
    }

    @Test
    void thereIsOneInEachLanguageAndAllNameTheSameThingsWithTheSameFigures() {
        Notice english = notices.all().stream()
                .filter(one -> one.locale().equals("en"))
                .findFirst()
                .orElseThrow();

        assertThat(notices.all()).extracting(Notice::locale).containsExactlyInAnyOrder("en", "hi", "pt", "zh");
        for (Notice one : notices.all()) {
            assertThat(one.version()).isEqualTo(english.version());
            assertThat(one.items().keySet())
                    .as(one.locale())
                    .containsExactlyElementsOf(english.items().keySet());
            assertThat(one.purposes().keySet())
                    .as(one.locale())
                    .containsExactlyElementsOf(english.purposes().keySet());
            assertThat(one.smsMax()).isEqualTo(english.smsMax());
            assertThat(figures(one.retention())).as(one.locale()).isEqualTo(figures(english.retention()));
            assertThat(figures(one.cost())).as(one.locale()).isEqualTo(figures(english.cost()));
        }
    }

    /// `docs/privacy.md` lists what is held; what belongs to each of its rows has a word in the notice.
    @Test
    void everythingThatIsHeldAboutAUserIsNamed() {
        assertThat(notices.all().iterator().next().items().keySet())
                .containsExactly("phone-number", "device-key", "approval", "waiting-messages", "settings", "records");
    }
}
