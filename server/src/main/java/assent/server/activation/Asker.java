package assent.server.activation;

import assent.protocol.ChallengeId;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Who asks: everything is told on `loop`, the connection's event loop.
///
/// @param proved told when the text of a challenge came in by SMS from the claimed number
public record Asker(Executor loop, Consumer<ChallengeId> proved) {}
