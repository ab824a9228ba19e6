package assent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.consent.Es256;
import assent.protocol.consent.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What `docs/protocol.md` says in numbers and bytes is what the code does.
class SpecificationTest {
    private static final Pattern REASON_ROW = Pattern.compile("(?m)^\\| (\\d+) \\| `([A-Z_]+)` \\|");
    private static final Pattern SIGNATURE = Pattern.compile("(?m)^([0-9a-f]{128})$");

    private final String page = read(Path.of("..", "docs", "protocol.md"));

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsExplainedUnderItsNumber(Reason reason) {
        assertThat(page).containsOnlyOnce("\n| " + reason.wireCode() + " | `" + reason + "` |");
    }

    @Test
    void noReasonIsExplainedThatDoesNotExist() {
        assertThat(REASON_ROW.matcher(page).results().count()).isEqualTo(Reason.values().length);
    }

    @Test
    void theWorkedExampleIsTheSampleGrantWithItsHashAndAGoodSignature() {
        Bytes grant = Samples.grant().canonical();
        Matcher signature = SIGNATURE.matcher(page);
        assertThat(page)
                .contains("```\n" + grant.toUtf8() + "```")
                .contains("Its " + grant.length() + " bytes")
                .contains("\n" + Sha256.of(grant).hex() + "\n");
        assertThat(signature.find()).isTrue();
        assertThat(Es256.verify(Samples.DEVICE_KEY, grant, Bytes.fromHex(signature.group(1))))
                .isTrue();
        assertThat(page).contains("SIG=" + signature.group(1) + "\n");
    }

    @Test
    void theLimitsAreThoseOfTheCode() {
        assertThat(page)
                .contains("frame until Welcome, without its prefix | " + thousands(Limits.FIRST_FRAME_BYTES_MAX))
                .contains("frame afterwards | " + thousands(Limits.FRAME_BYTES_MAX))
                .contains("message body | 1 to " + thousands(Limits.BODY_BYTES_MAX))
                .contains("document | 1 to " + thousands(Limits.DOCUMENT_BYTES_MAX))
                .contains("client version | " + Limits.CLIENT_VERSION_BYTES_MAX)
                .contains("language tag | " + Limits.LOCALE_BYTES_MAX)
                .contains("life of a code or a text to send | " + Limits.CHALLENGE_LIFE_MAX.toMinutes() + " minutes")
                .contains("code | " + Limits.CODE_DIGITS + " decimal digits")
                .contains("tries for codes | " + Limits.CODE_TRIES_MAX + " for each number");
    }

    private static String thousands(int number) {
        return String.format(java.util.Locale.ROOT, "%,d", number) + " bytes";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
