package assent.server.config;

/// What is logged; no level logs personal data.
public record LogConfig(
        @Setting(help = "Least important events that are logged", byDefault = "info")
        LogLevel level) {}
