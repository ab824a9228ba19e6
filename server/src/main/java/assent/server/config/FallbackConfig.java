package assent.server.config;

import java.time.Duration;

/// How long senders may have messages wait before they use SMS.
public record FallbackConfig(
        @Setting(
                help = "Shortest time that a sender may give a message before it falls back to SMS; a shorter one is"
                        + " refused as DELIVERY_OPTION_INVALID",
                byDefault = "1s",
                min = "10ms",
                max = "10m")
        Duration deadlineMin,

        @Setting(help = "Longest such time; a longer one is cut to it", byDefault = "10m", min = "1s", max = "1d")
        Duration deadlineMax) {}
