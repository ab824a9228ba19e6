package assent.server.cli;

import assent.server.config.GatewayConfig;

/// Starts a gateway; the command line knows nothing else of it.
@FunctionalInterface
public interface GatewayLauncher {
    /// Starts, and returns once devices can connect. Blocks; called on the main thread.
    ///
    /// @throws Exception if it cannot start: the message is one sentence for people with cause and
    ///     next step. Whatever was started before has been closed again.
    RunningGateway start(GatewayConfig config) throws Exception;
}
