package assent.server.net;

import assent.protocol.Bytes;
import assent.protocol.consent.SignInProof;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// TLS 1.3 with one certificate for all connections. BoringSSL where it loads, else the JDK's own.
/// Immutable but for its ticket keys.
///
/// @param channelBinding what sign-ins on these connections are bound to
/// @param ticketKeys of sessions that devices resume; empty with the JDK's TLS, which keeps its own
record ServerTls(SslContext context, Bytes channelBinding, Optional<TicketKeys> ticketKeys) {
    /// What the TLS engine keeps for each connection to write its own words into, such as a handshake's answer while
    /// it reads: when that is full it goes on as soon as there is something to write to. Netty's 2 KiB were a sixth
    /// of an idle connection.
    private static final int OWN_WORDS_BYTES = 128;

    /// @param chain the server's own certificate first
    /// @throws SSLException if key and chain cannot serve TLS 1.3
    static ServerTls of(PrivateKey key, List<X509Certificate> chain) throws SSLException {
        var builder = SslContextBuilder.forServer(key, chain).protocols("TLSv1.3");
        if (OpenSsl.isAvailable() && SslProvider.isTlsv13Supported(SslProvider.OPENSSL)) {
            // Tasks would move the handshake's cryptography to another thread and back; on the event loop it costs a
            // quarter less, and one handshake (about 1 ms) holds up nobody.
            builder.sslProvider(SslProvider.OPENSSL).option(OpenSslContextOption.USE_TASKS, false);
        } else {
            builder.sslProvider(SslProvider.JDK);
        }
        SslContext context = builder.build();
        if (context instanceof ReferenceCountedOpenSslContext open) {
            open.setBioNonApplicationBufferSize(OWN_WORDS_BYTES);
        }
        Optional<TicketKeys> ticketKeys = context.sessionContext() instanceof OpenSslSessionContext sessions
                ? Optional.of(new TicketKeys(sessions))
                : Optional.empty();
        return new ServerTls(context, SignInProof.tlsServerEndPoint(chain.getFirst()), ticketKeys);
    }

    /// How many connections have resumed a session of these tickets.
    long resumptions() {
        return ticketKeys.map(TicketKeys::opened).orElse(0L);
    }
}
