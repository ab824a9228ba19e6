package assent.server.activation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTextsTest {
    @ParameterizedTest
    @ValueSource(strings = {"en", "hi", "pt", "zh", "hi-IN", "pt_BR", "ZH-hans", "de", "x"})
    void aCodeThatSwitchesOffComesInOneSmsAndIsNotTheTextOfOneThatSwitchesOn(String locale) {
        String text = CodeTexts.toWithdraw("402913", locale).text();

        assertThat(text)
                .startsWith("402913")
                .isNotEqualTo(CodeTexts.toActivate("402913").text());
    }

    @Test
    void itSaysWhatTheCodeDoesInTheLanguageOfWhoeverAsks() {
        assertThat(CodeTexts.toWithdraw("402913", "en").text()).contains("SWITCHES OFF");
        assertThat(CodeTexts.toWithdraw("402913", "pt-BR").text()).contains("DESLIGA");
        assertThat(CodeTexts.toWithdraw("402913", "hi").text()).contains("बंद करने");
        assertThat(CodeTexts.toWithdraw("402913", "zh").text()).contains("关闭");
        assertThat(CodeTexts.toWithdraw("402913", "fr")).isEqualTo(CodeTexts.toWithdraw("402913", "en"));
    }
}
