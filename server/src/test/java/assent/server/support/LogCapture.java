package assent.server.support;

import assent.server.cli.LogSetup;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.LoggerFactory;

/// Takes down all that is logged while it is open, at TRACE, stack traces and arguments included;
/// each event both as text, with its arguments, and as `log.format: json` shows it;
/// nothing goes to the console meanwhile. The loggers that the shipped configuration silences stay
/// silent. Thread-safe.
public final class LogCapture implements AutoCloseable {
    private final Logger root;
    private final Level levelBefore;
    private final Appender<ILoggingEvent> console;
    private final Recorder recorder = new Recorder();

    private LogCapture(Logger root, Appender<ILoggingEvent> console) {
        this.root = root;
        this.levelBefore = root.getLevel();
        this.console = console;
    }

    public static LogCapture start() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var capture = new LogCapture(root, root.getAppender("stderr"));
        capture.recorder.setContext(root.getLoggerContext());
        capture.recorder.json = LogSetup.json(root.getLoggerContext());
        capture.recorder.start();
        root.detachAppender(capture.console);
        root.addAppender(capture.recorder);
        root.setLevel(Level.TRACE);
        return capture;
    }

    public byte[] bytes() {
        return recorder.bytes();
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        root.detachAppender(recorder);
        root.addAppender(console);
        root.setLevel(levelBefore);
    }

    private static final class Recorder extends AppenderBase<ILoggingEvent> {
        private JsonEncoder json = new JsonEncoder();
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();

        @Override
        protected void append(ILoggingEvent event) {
            String line = event.getThreadName()
                    + ' '
                    + event.getLoggerName()
                    + ' '
                    + event.getFormattedMessage()
                    + ' '
                    + Arrays.toString(event.getArgumentArray())
                    + ' '
                    + event.getMDCPropertyMap()
                    + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()))
                    + '\n';
            synchronized (text) {
                text.writeBytes(line.getBytes(StandardCharsets.UTF_8));
                text.writeBytes(json.encode(event));
            }
        }

        byte[] bytes() {
            synchronized (text) {
                return text.toByteArray();
            }
        }
    }
}
