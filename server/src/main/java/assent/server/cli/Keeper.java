package assent.server.cli;

import assent.server.config.LogLevel;
import java.util.List;

/// What the command line does for a gateway that runs, when its operators ask the gateway. Thread-safe.
public interface Keeper {
    /// Reads the configuration again and lets the gateway have what can change while it runs.
    ///
    /// @throws Exception if the configuration or the certificate cannot be used; then nothing has changed, and the
    ///     message is for people
    Reloaded reload() throws Exception;

    /// How much is logged now.
    LogLevel logged();

    /// How much is logged from now on, until the next reload or start.
    void log(LogLevel level);

    /// What a reload brought.
    ///
    /// @param inEffect options whose new value counts from now on
    /// @param atNextStart options whose new value counts from the gateway's next start
    record Reloaded(List<String> inEffect, List<String> atNextStart) {}
}
