package assent.server.config;

import java.time.Duration;

/// Limits of one device's connection.
///
/// @param grace how long a pushed message may stay unacknowledged before it is made durable
public record SessionConfig(
        @Setting(
                help = "Time from connecting, TLS included, to the Hello; then the connection is closed",
                byDefault = "10s",
                min = "100ms",
                max = "5m")
        Duration helloTimeout,

        @Setting(
                help = "Time from connecting to an activation or a sign-in; then the connection is closed",
                byDefault = "10m",
                min = "1s",
                max = "1h")
        Duration handshakeTimeout,

        @Setting(
                help = "Longest silence expected of a device; after three of them the connection is closed",
                byDefault = "1m",
                min = "1s",
                max = "1h")
        Duration heartbeat,

        @Setting(
                help =
                        "Messages that one device may send without having their results; one more is refused as TOO_MANY_IN_FLIGHT",
                byDefault = "256",
                min = "1",
                max = "65535")
        int sendsInFlightMax,

        @Setting(
                help = "Messages pushed to one device that it has not acknowledged; the others wait in the mailbox",
                byDefault = "256",
                min = "1",
                max = "65535")
        int deliveriesInFlightMax,

        @Setting(
                help = "Time that a device may take nothing of what is written to it; then the connection is closed",
                byDefault = "30s",
                min = "1s",
                max = "1h")
        Duration writeStallTimeout,

        @Setting(
                help = "Time for a connected device to acknowledge a message before the message is made durable; 0ms"
                        + " always makes it durable",
                byDefault = "30ms",
                min = "0ms",
                max = "10s")
        Duration grace,

        FallbackConfig fallback) {}
