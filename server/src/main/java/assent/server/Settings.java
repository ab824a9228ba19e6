package assent.server;

import assent.protocol.Bytes;
import assent.server.activation.Invitations;
import assent.server.config.GatewayConfig;
import assent.server.config.ListenConfig;
import assent.server.config.TlsConfig;
import assent.server.delivery.DeliveryLimits;
import assent.server.delivery.GraceBounds;
import assent.server.net.Drain;
import assent.server.net.Listener;
import assent.server.net.tls.TlsFiles;
import assent.server.net.tls.TlsIdentity;
import assent.server.policy.LivePolicy;
import assent.server.policy.Policy;
import assent.server.policy.document.PolicyDocument;
import assent.server.session.SessionRules;
import assent.server.session.SessionTimes;
import assent.server.sms.smpp.SmppConfig;
import assent.server.sms.smpp.SmppPassword;
import assent.server.store.CommitLimits;
import assent.server.store.rocks.RocksConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the operator configured, as each part of the gateway wants it. Immutable.
final class Settings {
    /// What a device is told when the gateway can do later what it cannot do now.
    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(2);

    /// Bodies that one device has in hand at most; with it a backlog of long messages stays small in
    /// memory.
    private static final int DELIVERY_BYTES_IN_FLIGHT_MAX = 1 << 20;

    private final GatewayConfig config;

    Settings(GatewayConfig config) {
        this.config = config;
    }

    /// What the policy is at the very first start.
    ///
    /// @throws IOException if the operator's file cannot be read
    /// @throws assent.server.config.ConfigException if it is no policy, with everything that is wrong
    Policy initialPolicy() throws IOException {
        Optional<Path> file = config.policy().initialFile();
        if (file.isEmpty()) {
            return Policy.builtIn();
        }
        try {
            return PolicyDocument.parse(file.get().toString(), Files.readString(file.get()));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "policy.initial-file names " + file.get()
                            + ", which does not exist. Create it, or remove the option"
                            + " to begin with the built-in policy.",
                    e);
        }
    }

    static Optional<TlsFiles> tlsFiles(TlsConfig tls) {
        return tls.certificate()
                .map(certificate -> new TlsFiles(certificate, tls.key().orElseThrow()));
    }

    static Listener.Settings listener(ListenConfig listen, TlsIdentity identity) {
        return new Listener.Settings(
                new InetSocketAddress(listen.host(), listen.port()),
                listen.eventLoops(),
                listen.connectionsMax(),
                identity.key(),
                identity.chain());
    }

    Drain drain() {
        var drain = config.session().drain();
        return new Drain(farewellTimeout(), drain.perSecond(), drain.retryAfter(), drain.patience());
    }

    RocksConfig rocks() {
        return RocksConfig.DEFAULTS
                .withMailboxMax(
                        config.store().mailboxMessagesMax(),
                        config.store().mailboxBytesMax().bytes())
                .withEraseWithin(config.store().eraseWithin());
    }

    CommitLimits commits() {
        return new CommitLimits(config.store().commitQueueMax(), config.store().commitBatchMax());
    }

    /// Stopping takes the configured time at most: three eighths to say goodbye, a quarter to
    /// write, an eighth each for the carrier, the reads and the event loops.
    Duration farewellTimeout() {
        return config.listen().shutdownTimeout().multipliedBy(3).dividedBy(8);
    }

    Duration partTimeout() {
        return config.listen().shutdownTimeout().dividedBy(8);
    }

    Duration drainTimeout() {
        return config.listen().shutdownTimeout().dividedBy(4);
    }

    SessionRules rules(Bytes signingKey, LivePolicy policy, Invitations invitations) {
        return new SessionRules(
                policy,
                invitations,
                signingKey,
                config.session().heartbeat(),
                config.session().sendsInFlightMax(),
                config.session().deliveriesInFlightMax(),
                BUSY_RETRY_AFTER);
    }

    SessionTimes times() {
        return new SessionTimes(
                config.session().helloTimeout(),
                config.session().handshakeTimeout(),
                config.session().heartbeat(),
                config.session().writeStallTimeout());
    }

    DeliveryLimits delivery() {
        return new DeliveryLimits(
                config.session().sendsInFlightMax(),
                config.session().deliveriesInFlightMax(),
                DELIVERY_BYTES_IN_FLIGHT_MAX,
                config.session()
                        .grace()
                        .map(GraceBounds::fixed)
                        .orElseGet(() -> new GraceBounds(
                                config.session().graceMin(), config.session().graceMax())));
    }

    SmppConfig smpp() {
        var carrier = config.carrier();
        var link = carrier.link();
        return new SmppConfig(
                carrier.host(),
                carrier.port(),
                carrier.systemId(),
                new SmppPassword(
                        carrier.password().map(secret -> secret.reveal()).orElse("")),
                carrier.systemType().orElse(""),
                carrier.serviceNumber(),
                link.enquireEvery(),
                link.replyTimeout(),
                link.window(),
                link.reconnectMin(),
                link.reconnectMax());
    }
}
