package assent.server.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmppConfigTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static SmppConfig config(String systemId, String systemType, String serviceNumber) {
        return new SmppConfig(
                "localhost",
                2775,
                systemId,
                new SmppPassword("secret"),
                systemType,
                serviceNumber,
                SECOND,
                SECOND,
                10,
                SECOND,
                SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"277", "27722", "12345678", "+4915112345678"})
    void aServiceNumberIsAShortCodeOrE164(String serviceNumber) {
        assertThat(config("assent", "", serviceNumber).serviceNumber()).isEqualTo(serviceNumber);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "27", "123456789", "4915112345678", "+0151", "ASSENT", "27 722"})
    void anyOtherServiceNumberIsRefusedInWords(String serviceNumber) {
        assertThatThrownBy(() -> config("assent", "", serviceNumber))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("serviceNumber is '" + serviceNumber + "'")
                .hasMessageContaining("short code of 3 to 8 digits");
    }

    @Test
    void aSystemIdOrTypeThatSmppDoesNotTakeIsRefused() {
        assertThatThrownBy(() -> config("", "", "27722")).hasMessageContaining("systemId");
        assertThatThrownBy(() -> config("sixteen-letters!", "", "27722")).hasMessageContaining("systemId");
        assertThatThrownBy(() -> config("ünïcode", "", "27722")).hasMessageContaining("printable ASCII");
        assertThatThrownBy(() -> config("assent", "thirteen-long", "27722")).hasMessageContaining("systemType");
    }

    @Test
    void numbersAndTimesHaveLimits() {
        SmppSettings good = SmppSettings.to(2775);

        assertThatThrownBy(() -> SmppSettings.to(0).config()).hasMessageContaining("port is '0'");
        assertThatThrownBy(() -> good.withWindow(0).config()).hasMessageContaining("window is '0'");
        assertThatThrownBy(() -> good.withWindow(1_001).config()).hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> good.withEnquireLink(Duration.ZERO).config()).hasMessageContaining("enquireLink");
        assertThatThrownBy(() -> good.withEnquireLink(Duration.ofNanos(1)).config())
                .hasMessageContaining("enquireLink");
        assertThatThrownBy(() -> good.withReplyTimeout(Duration.ofHours(2)).config())
                .hasMessageContaining("replyTimeout");
        assertThatThrownBy(
                        () -> good.withReconnect(SECOND, Duration.ofMillis(1)).config())
                .hasMessageContaining("reconnectMax")
                .hasMessageContaining("PT1S");
    }

    @Test
    void thePasswordDoesNotPrint() {
        assertThat(config("assent", "", "27722").toString()).doesNotContain("secret");
        assertThatThrownBy(() -> new SmppPassword("ninechars"))
                .hasMessageContaining("at most 8")
                .hasMessageNotContaining("ninechars");
    }

    @Test
    void pausesDoubleUpToTheirLimitAndHalfOfEachIsChance() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(500), RandomGenerator.getDefault());

        for (long ceilingMillis : new long[] {100, 200, 400, 500, 500}) {
            assertThat(backoff.next())
                    .isBetween(Duration.ofMillis(ceilingMillis / 2), Duration.ofMillis(ceilingMillis));
        }
        backoff.reset();
        assertThat(backoff.next()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    }
}
