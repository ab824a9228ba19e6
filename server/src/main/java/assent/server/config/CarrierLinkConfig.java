package assent.server.config;

import java.time.Duration;

/// How the link to the carrier is kept up, and how much it carries.
public record CarrierLinkConfig(
        @Setting(
                help = "Time between two enquire_link that see whether the carrier lives",
                byDefault = "30s",
                min = "1s",
                max = "10m")
        Duration enquireEvery,

        @Setting(
                help = "Time for the carrier to answer; then the request has failed and is not sent again by itself",
                byDefault = "10s",
                min = "100ms",
                max = "5m")
        Duration replyTimeout,

        @Setting(
                help = "Requests on the link without an answer; the others wait for half the reply timeout",
                byDefault = "32",
                min = "1",
                max = "1000")
        int window,

        @Setting(
                help = "Requests on the link or waiting for it; one more is refused as carrier unavailable",
                byDefault = "256",
                min = "1",
                max = "100000")
        int inFlightMax,

        @Setting(
                help = "First pause before connecting again; it doubles with each failure",
                byDefault = "1s",
                min = "10ms",
                max = "5m")
        Duration reconnectMin,

        @Setting(help = "Longest pause before connecting again", byDefault = "30s", min = "10ms", max = "1h")
        Duration reconnectMax) {}
