package assent.server.session;

import java.time.Duration;

/// How long a connection may take.
///
/// @param hello from TLS to the first frame
/// @param handshake from TLS to a live session; long, since people read the notice and wait for SMS
/// @param heartbeat a device that was silent for one is asked, one that was silent for three is gone
/// @param writeStall how long a device may not take what is sent to it
public record SessionTimes(Duration hello, Duration handshake, Duration heartbeat, Duration writeStall) {}
