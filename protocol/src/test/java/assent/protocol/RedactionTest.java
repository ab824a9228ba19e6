package assent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A record's generated `toString` shows everything, so each value that is personal has to refuse.
class RedactionTest {
    private static final String[] SECRETS = {
        "447700900", "7700900", "900123", Samples.CODE, Samples.TEXT_TO_SEND, "7QK4", Samples.PIN, "Bis gleich", "再见"
    };

    static Stream<Record> everyFrame() {
        return Stream.concat(
                Samples.deviceFrames().stream().map(Record.class::cast),
                Samples.gatewayFrames().stream().map(Record.class::cast));
    }

    @ParameterizedTest
    @MethodSource("everyFrame")
    void aFrameShowsNoNumberCodeBodyOrText(Record frame) {
        assertThat(frame.toString()).doesNotContain(SECRETS);
        assertThat(Optional.of(frame).toString()).doesNotContain(SECRETS);
    }

    @Test
    void theSamplesHoldTheSecretsThatAreLookedFor() {
        assertThat(Samples.NUMBER.e164()).contains("447700900", "900123");
        assertThat(Samples.BODY.toUtf8()).contains("Bis gleich", "再见");
        assertThat(Samples.TEXT_TO_SEND).contains("7QK4");
    }

    @Test
    void aNumberIsHidden() {
        assertThat(Samples.NUMBER).hasToString("PhoneNumber[hidden]");
    }

    @Test
    void aBodyShowsItsLengthOnly() {
        assertThat(Samples.BODY).hasToString("Body[TEXT_UTF8, " + Samples.BODY.length() + " bytes]");
    }

    @Test
    void bytesShowTheirLengthOnly() {
        assertThat(Bytes.utf8("secret")).hasToString("Bytes[6]");
    }
}
