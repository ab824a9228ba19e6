package assent.server.config;

import java.time.Duration;

/// How phones are sent away when the gateway stops; all of it within `listen.shutdown-timeout`.
public record DrainConfig(
        @Setting(
                help = "Phones that are sent away per second when the gateway stops, so that they do not reach another"
                        + " all at once; more of them if listen.shutdown-timeout would not do",
                byDefault = "2000",
                min = "1",
                max = "1000000")
        int perSecond,

        @Setting(
                help = "What they are told to wait before they connect again; each adds a random time of up to as much",
                byDefault = "500ms",
                min = "1ms",
                max = "5m")
        Duration retryAfter,

        @Setting(
                help = "Time for what is under way with one phone, such as a text without its result, before it is sent"
                        + " away",
                byDefault = "500ms",
                min = "0ms",
                max = "30s")
        Duration patience) {}
