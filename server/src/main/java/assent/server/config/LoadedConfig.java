package assent.server.config;

import java.util.List;

/// A complete configuration and where each value of it came from. Immutable.
public record LoadedConfig(GatewayConfig config, List<Effective> settings) {
    public LoadedConfig {
        settings = List.copyOf(settings);
    }

    /// One option's effective value.
    ///
    /// @param value as it is written in a file; hidden for secrets, empty where unset
    public record Effective(Option option, String value, Origin origin) {}
}
