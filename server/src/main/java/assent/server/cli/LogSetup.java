package assent.server.cli;

import assent.server.config.LogLevel;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/// Sets how much is logged, once the configuration is known; `logback.xml` says where it goes.
final class LogSetup {
    private LogSetup() {}

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
}
