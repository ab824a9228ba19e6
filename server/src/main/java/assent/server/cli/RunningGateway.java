package assent.server.cli;

import assent.server.config.GatewayConfig;
import assent.server.net.tls.TlsIdentity;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A gateway that devices can connect to. Thread-safe.
public interface RunningGateway extends AutoCloseable {
    /// Where it listens, with the port that it really has.
    InetSocketAddress address();

    /// The certificate that devices see.
    TlsIdentity identity();

    /// Where the admin API and the console are, for a browser on this machine; empty if there are none.
    default Optional<URI> adminAddress() {
        return Optional.empty();
    }

    /// The first account's password, if this start made it. To be shown once, and to nobody but the operator.
    default Optional<FirstPassword> firstPassword() {
        return Optional.empty();
    }

    /// Completes when an operator asks, in the console or by the API, that the gateway goes out of service; the
    /// command line then does what it does at SIGTERM.
    default CompletionStage<Void> stopAsked() {
        return new CompletableFuture<>();
    }

    /// Whose it is, and what it is; printing hides it.
    record FirstPassword(String name, String password) {
        @Override
        public String toString() {
            return "FirstPassword[" + name + "]";
        }
    }

    /// Takes over from a new configuration what can change while it runs: the certificate for connections from
    /// now on, and how many connections there may be. Connections that are open stay. Blocks.
    ///
    /// @throws Exception if the certificate cannot be used; then nothing has changed, and the message is
    ///     for people
    default void take(GatewayConfig config) throws Exception {}

    /// Who does for its operators what a gateway cannot do itself. Called once, soon after the start.
    default void keptBy(Keeper keeper) {}

    /// Completes with the cause if the gateway cannot go on, such as after a failed sync; the command
    /// line then closes it and ends with exit code 1. The cause's message is for people.
    default CompletionStage<Throwable> failure() {
        return new CompletableFuture<>();
    }

    /// Stops without losing what was accepted. Blocks; the command line allows it the configured
    /// shutdown timeout.
    @Override
    void close();
}
