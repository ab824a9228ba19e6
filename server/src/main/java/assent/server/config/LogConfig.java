package assent.server.config;

/// What is logged; no level logs personal data.
public record LogConfig(
        @Setting(help = "Least important events that are logged", byDefault = "info")
        LogLevel level,

        @Setting(help = "Lines for people, or one JSON object a line for programs", byDefault = "text")
        LogFormat format) {}
