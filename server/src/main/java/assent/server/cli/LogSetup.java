package assent.server.cli;

import assent.server.config.LogConfig;
import assent.server.config.LogFormat;
import assent.server.config.LogLevel;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Context;
import java.util.Arrays;
import org.slf4j.LoggerFactory;

/// Sets how much is logged and how it looks, once the configuration is known; `logback.xml` says where it
/// goes.
public final class LogSetup {
    private static final String APPENDER = "stderr";

    private LogSetup() {}

    /// Before the gateway starts.
    static void apply(LogConfig config) {
        apply(config.level());
        if (config.format() == LogFormat.JSON
                && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root
                && root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> appender) {
            appender.stop();
            appender.setEncoder(json(appender.getContext()));
            appender.start();
        }
    }

    /// At any time.
    static void apply(LogLevel level) {
        var root = LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (root instanceof Logger logback) {
            logback.setLevel(
                    switch (level) {
                        case ERROR -> Level.ERROR;
                        case WARN -> Level.WARN;
                        case INFO -> Level.INFO;
                        case DEBUG -> Level.DEBUG;
                        case TRACE -> Level.TRACE;
                    });
        }
    }

    /// How much is logged now.
    static LogLevel level() {
        var root = LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        return Arrays.stream(LogLevel.values())
                .filter(level -> root instanceof Logger logback
                        && Level.toLevel(level.name()).equals(logback.getLevel()))
                .findFirst()
                .orElse(LogLevel.INFO);
    }

    /// One JSON object a line: time, level, thread, logger, message, and what was thrown.
    public static JsonEncoder json(Context context) {
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMarkers(false);
        encoder.setWithMDC(false);
        encoder.setWithKVPList(false);
        encoder.setWithArguments(false);
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        return encoder;
    }
}
