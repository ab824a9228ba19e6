package assent.server.activation;

import assent.server.sms.SmsText;
import java.util.Locale;

/// The SMS that bring codes. Each fits into one SMS, and says what its code does: who is talked into
/// passing on a code to switch off should see what it is. Stateless.
final class CodeTexts {
    private CodeTexts() {}

    static SmsText toActivate(String code) {
        return SmsText.of(
                code + " is your Assent code. It is good for a few minutes. Nobody from Assent will ever ask for it.");
    }

    /// @param locale the language of whoever asks; English for those without a text of their own
    static SmsText toWithdraw(String code, String locale) {
        return SmsText.of(
                switch (locale.toLowerCase(Locale.ROOT).split("[-_]", 2)[0]) {
                    case "hi" -> code + " Assent बंद करने का कोड है। सब डेटा मिटेगा। किसी को न बताएँ।";
                    case "pt" -> code + " DESLIGA o Assent e apaga os dados. Não pediu? Ignore.";
                    case "zh" -> code + " 是关闭 Assent 并删除其数据的验证码。若非您本人操作，请忽略，切勿告诉他人。";
                    default ->
                        code + " SWITCHES OFF Assent for this number and erases its data."
                                + " If you did not ask for this, ignore it and tell nobody the code.";
                });
    }
}
