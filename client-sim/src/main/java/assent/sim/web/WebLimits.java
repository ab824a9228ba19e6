package assent.sim.web;

import java.time.Duration;

/// What the page may hold. Immutable.
///
/// @param phonesMax phones on the page; one more is refused
/// @param textsMax texts in one phone's chat; the oldest makes room
/// @param smsMax SMS in one phone's inbox, and again on their way while it is in airplane mode; the
///     oldest makes room
/// @param connectionsMax connections of browsers; one more is closed as soon as it is accepted
/// @param streamsMax pages that are kept up to date; one more is refused
/// @param bodyBytesMax bytes of a request's body; a longer one is refused
/// @param quietMax after this time without a request a connection is closed
/// @param pulse a page hears something this often, be it only that there is nothing new
record WebLimits(
        int phonesMax,
        int textsMax,
        int smsMax,
        int connectionsMax,
        int streamsMax,
        int bodyBytesMax,
        Duration quietMax,
        Duration pulse) {
    static WebLimits standard() {
        return new WebLimits(8, 200, 50, 64, 12, 32 * 1024, Duration.ofSeconds(30), Duration.ofSeconds(10));
    }
}
