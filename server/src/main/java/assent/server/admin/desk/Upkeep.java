package assent.server.admin.desk;

import assent.server.config.LogLevel;
import java.util.List;

/// What the program around a gateway does for its operators while it runs. Thread-safe.
public interface Upkeep {
    /// Reads configuration and certificate again. Blocks.
    ///
    /// @throws Exception if they cannot be used; then nothing has changed, and the message is for people
    Reloaded reload() throws Exception;

    /// How much is logged now.
    LogLevel logged();

    /// How much is logged from now on, until the next reload or start.
    void log(LogLevel level);

    /// What a reload brought, by the options' paths.
    record Reloaded(List<String> inEffect, List<String> atNextStart) {
        public Reloaded {
            inEffect = List.copyOf(inEffect);
            atNextStart = List.copyOf(atNextStart);
        }
    }
}
