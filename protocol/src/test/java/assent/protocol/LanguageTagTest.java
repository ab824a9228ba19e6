package assent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "en",
                "pt-BR",
                "zh-Hant-TW",
                "sr-Latn-RS",
                "de-1996",
                "x-private",
                "aaaaaaaa-bbbbbbbb-cccccccc-dddddddd"
            })
    void tagsOfGroupsAreWellFormed(String tag) {
        assertThat(LanguageTag.isWellFormed(tag)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "en-",
                "-en",
                "en--GB",
                "en_GB",
                "en GB",
                "en\n",
                "ｅn",
                "abcdefghi",
                "en;q=1",
                "aaaaaaaa-bbbbbbbb-cccccccc-dddddddde",
                "aaaaaaaa-bbbbbbbb-cccccccc-dddddddd-e"
            })
    void everythingElseIsNot(String tag) {
        assertThat(LanguageTag.isWellFormed(tag)).isFalse();
    }
}
