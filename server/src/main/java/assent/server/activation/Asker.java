package assent.server.activation;

import assent.protocol.ChallengeId;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Who asks: everything is told on `loop`, the connection's event loop.
///
/// @param address where the connection comes from: an IPv4 address, or the network part of an IPv6 one
/// @param proved told when the text of a challenge came in by SMS from the claimed number
public record Asker(Executor loop, String address, Consumer<ChallengeId> proved) {}
