package assent.server.config;

import java.time.Duration;

/// Limits of registration PINs, which users set to keep a stolen SIM from activating their number.
public record PinConfig(
        @Setting(
                help =
                        "Time after the day on which its device was last seen in which a number's registration PIN protects it; afterwards the number may have another user",
                byDefault = "7d",
                min = "1d",
                max = "30d")
        Duration protection,

        @Setting(
                help = "Answers with a registration PIN per number and day, right or wrong; one more is refused",
                byDefault = "10",
                min = "1",
                max = "10")
        int triesMax) {}
