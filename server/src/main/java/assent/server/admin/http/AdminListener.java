package assent.server.admin.http;

import assent.server.admin.access.Doorkeeper;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import com.linecorp.armeria.server.GracefulShutdown;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// Listens for operators. Thread-safe.
///
/// It has one event loop of its own and virtual threads for the handlers, so nothing that operators ask for runs where
/// devices are served. Its limits are named here.
public final class AdminListener implements AutoCloseable {
    private static final int LOOPS = 1;
    private static final int CONNECTIONS_MAX = 512;

    /// A policy with its notices fits several times.
    private static final long REQUEST_BYTES_MAX = 1 << 20;

    private static final Duration IDLE_MAX = Duration.ofSeconds(60);
    private static final Duration REQUEST_TIME_MAX = Duration.ofSeconds(30);
    private static final Duration CLOSE_TIME_MAX = Duration.ofMillis(500);

    private final Server server;
    private final RouteService service;
    private final Optional<Certificate> certificate;

    private AdminListener(Server server, RouteService service, Optional<Certificate> certificate) {
        this.server = server;
        this.service = service;
        this.certificate = certificate;
    }

    /// Where to listen.
    public record Settings(InetSocketAddress address, Optional<Tls> tls) {}

    /// @param chain the gateway's own certificate first
    public record Tls(PrivateKey key, List<X509Certificate> chain) {}

    /// Asked at each handshake. Thread-safe.
    private static final class Certificate implements TlsProvider {
        private volatile TlsKeyPair pair;

        Certificate(Tls tls) {
            pair = of(tls);
        }

        private static TlsKeyPair of(Tls tls) {
            return TlsKeyPair.of(tls.key(), tls.chain());
        }

        void use(Tls tls) {
            pair = of(tls);
        }

        @Override
        public TlsKeyPair keyPair(String hostname) {
            return pair;
        }
    }

    /// Binds the address; operators can connect when this returns.
    ///
    /// @throws IOException if the address cannot be bound; the message says what to do
    public static AdminListener open(Settings settings, List<Route> routes, Doorkeeper doorkeeper) throws IOException {
        Optional<Certificate> certificate = settings.tls().map(Certificate::new);
        boolean isTls = certificate.isPresent();
        var service = new RouteService(new Gate(doorkeeper), isTls);
        ServerBuilder builder = Server.builder()
                .port(settings.address(), isTls ? SessionProtocol.HTTPS : SessionProtocol.HTTP)
                .workerGroup(LOOPS)
                .meterRegistry(
                        new CompositeMeterRegistry()) // its meters go nowhere, and not into a registry of the whole
                // process
                .maxNumConnections(CONNECTIONS_MAX)
                .maxRequestLength(REQUEST_BYTES_MAX)
                .idleTimeout(IDLE_MAX)
                .requestTimeout(REQUEST_TIME_MAX)
                .gracefulShutdown(GracefulShutdown.builder()
                        .quietPeriod(Duration.ZERO)
                        .timeout(CLOSE_TIME_MAX)
                        .build())
                .verboseResponses(false)
                .disableServerHeader()
                .errorHandler(new ProblemErrors(service.headers()));
        certificate.ifPresent(builder::tlsProvider);
        for (Route route : routes) {
            builder.route()
                    .methods(HttpMethod.valueOf(route.verb().name()))
                    .path(route.pattern())
                    .build((context, request) -> service.serve(route, context, request));
        }
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            service.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "the admin API cannot listen on " + settings.address() + ": " + cause.getMessage()
                            + "; choose another admin.host or admin.port, or stop what uses it",
                    e);
        }
        return new AdminListener(server, service, certificate);
    }

    /// Where it listens, with the port that it really has.
    public InetSocketAddress address() {
        return server.activePorts().values().iterator().next().localAddress();
    }

    /// Another certificate for connections from now on; those that are open stay as they are.
    ///
    /// @return false if this listener has none, being reached by this machine alone
    public boolean take(Tls tls) {
        certificate.ifPresent(one -> one.use(tls));
        return certificate.isPresent();
    }

    /// What an operator opens on this machine.
    public URI uri() {
        var address = address();
        boolean isAny = address.getAddress().isAnyLocalAddress();
        String host = isAny ? "127.0.0.1" : address.getAddress().getHostAddress();
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return URI.create((certificate.isPresent() ? "https" : "http") + "://" + shown + ":" + address.getPort());
    }

    /// Ends what is asked within half a second, streams included.
    @Override
    public void close() {
        service.close();
        server.stop().join();
    }
}
