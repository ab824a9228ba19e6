package assent.server.config;

import java.time.Duration;
import java.util.Optional;

/// Limits of one device's connection.
///
/// @param graceMin the shortest time that a pushed message may stay unacknowledged before it is
///     made durable
/// @param grace the same time for every device, instead of one that adapts
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
                help = "Shortest time for a connected device to acknowledge a message before the message is made"
                        + " durable; the time adapts to how fast that device acknowledges",
                byDefault = "10ms",
                min = "0ms",
                max = "10s")
        Duration graceMin,

        @Setting(
                help = "Longest such time; also that of a device that has acknowledged nothing since it connected",
                byDefault = "250ms",
                min = "0ms",
                max = "10s")
        Duration graceMax,

        @Setting(
                help = "One such time for all devices instead of one that adapts; 0ms makes every message durable",
                min = "0ms",
                max = "10s")
        Optional<Duration> grace,

        DrainConfig drain) {}
