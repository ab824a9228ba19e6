package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

class LogSetupTest {
    /// What is quiet in a gateway is quiet in the tests that search its log, and the other way round.
    @Test
    void testsSilenceTheSameLoggersAsTheGateway() throws Exception {
        assertThat(quiet("src/test/resources/logback-test.xml"))
                .isEqualTo(quiet("src/main/resources/logback.xml"))
                .hasSizeGreaterThan(2);
    }

    private static List<String> quiet(String file) throws IOException {
        return Files.readString(Path.of(file))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("<logger "))
                .toList();
    }

    @Test
    void aLineAsJsonIsOneObjectWithWhatTheTextHas() {
        var logger = (Logger) LoggerFactory.getLogger("assent.test");
        var event = new LoggingEvent(
                "here",
                logger,
                Level.WARN,
                "not {}: \"{}\"\nsecond line",
                new IllegalStateException("why"),
                new Object[] {"quiet", "x"});

        String line = new String(LogSetup.json(logger.getLoggerContext()).encode(event), StandardCharsets.UTF_8);

        assertThat(line.strip()).doesNotContain("\n");
        var read = JsonMapper.shared().readTree(line);
        assertThat(read.path("level").asString()).isEqualTo("WARN");
        assertThat(read.path("loggerName").asString()).isEqualTo("assent.test");
        assertThat(read.path("formattedMessage").asString()).isEqualTo("not quiet: \"x\"\nsecond line");
        assertThat(read.path("timestamp").isNumber()).isTrue();
        assertThat(read.path("throwable").path("message").asString()).isEqualTo("why");
    }
}
