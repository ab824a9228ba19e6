package assent.server.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/// Has the gateway say nothing during a test class that makes it fail a thousand times.
final class QuietLog implements BeforeAllCallback, AfterAllCallback {
    private static Logger gateway() {
        return (Logger) LoggerFactory.getLogger("assent.server");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        gateway().setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        gateway().setLevel(null);
    }
}
