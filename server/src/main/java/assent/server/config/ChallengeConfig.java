package assent.server.config;

import java.time.Duration;

/// Limits of the proof that a number is the device's own. The protocol fixes the upper ends
/// ([assent.protocol.Limits]).
public record ChallengeConfig(
        @Setting(
                help = "Time in which a code, or a text that the device sends, is good",
                byDefault = "5m",
                min = "1s",
                max = "5m")
        Duration lifetime,

        @Setting(
                help =
                        "Answers per number within the tries window, right or wrong; one more is refused, whatever code it is",
                byDefault = "5",
                min = "1",
                max = "5")
        int triesMax,

        @Setting(help = "Time after which answers no longer count", byDefault = "1h", min = "1m", max = "7d")
        Duration triesWindow,

        @Setting(
                help =
                        "Codes sent to one number within the SMS window, and never more than the notice promises; one more is refused until it has passed",
                byDefault = "3",
                min = "1",
                max = "10")
        int smsPerNumberMax,

        @Setting(help = "Time after which sent codes no longer count", byDefault = "1h", min = "1m", max = "7d")
        Duration smsWindow) {}
