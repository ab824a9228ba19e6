package assent.server;

import assent.protocol.Bytes;
import assent.protocol.consent.Notice;
import assent.server.activation.ActivationLimits;
import assent.server.activation.NoticeFiles;
import assent.server.activation.Notices;
import assent.server.activation.PinLimits;
import assent.server.config.GatewayConfig;
import assent.server.config.ListenConfig;
import assent.server.config.RenewalConfig;
import assent.server.config.TlsConfig;
import assent.server.delivery.DeliveryLimits;
import assent.server.delivery.GraceBounds;
import assent.server.net.Listener;
import assent.server.net.tls.TlsFiles;
import assent.server.net.tls.TlsIdentity;
import assent.server.policy.ActivationPolicy;
import assent.server.policy.NoticeRule;
import assent.server.session.SessionRules;
import assent.server.session.SessionTimes;
import assent.server.sms.smpp.SmppConfig;
import assent.server.sms.smpp.SmppPassword;
import assent.server.store.CommitLimits;
import assent.server.store.rocks.RocksConfig;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What the operator configured, as each part of the gateway wants it. Immutable.
final class Settings {
    /// What a device is told when the gateway can do later what it cannot do now.
    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(2);

    /// Bodies that one device has in hand at most; with it a backlog of long messages stays small in
    /// memory.
    private static final int DELIVERY_BYTES_IN_FLIGHT_MAX = 1 << 20;

    private static final int OPEN_CHALLENGES_MAX = 100_000;

    private final GatewayConfig config;
    private final Notices notices;
    private final NoticeRule noticeRule;

    /// @throws IOException if the notices cannot be read, or the rule on older ones contradicts them
    Settings(GatewayConfig config) throws IOException {
        this.config = config;
        this.notices = NoticeFiles.load(config.activation().notices());
        this.noticeRule = noticeRule(notices.version(), config.activation().renewal());
    }

    private static NoticeRule noticeRule(String current, RenewalConfig renewal) throws IOException {
        try {
            return new NoticeRule(
                    current, Set.copyOf(renewal.stillGood()), Set.copyOf(renewal.lapsed()), renewal.deadline());
        } catch (IllegalArgumentException e) {
            throw new IOException("activation.renewal: " + e.getMessage(), e);
        }
    }

    NoticeRule noticeRule() {
        return noticeRule;
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

    SessionRules rules(Bytes signingKey, Supplier<NoticeRule> rule) {
        ActivationPolicy policy = policy();
        return new SessionRules(
                notices,
                () -> policy,
                rule,
                signingKey,
                config.session().heartbeat(),
                config.session().sendsInFlightMax(),
                config.session().deliveriesInFlightMax(),
                BUSY_RETRY_AFTER);
    }

    private ActivationPolicy policy() {
        return new ActivationPolicy(
                ActivationPolicy.State.OPEN,
                config.activation().countries().stream()
                        .map(region -> PhoneNumberUtil.getInstance().getCountryCodeForRegion(region))
                        .collect(Collectors.toSet()),
                config.activation().methods(),
                Optional.empty());
    }

    SessionTimes times() {
        return new SessionTimes(
                config.session().helloTimeout(),
                config.session().handshakeTimeout(),
                config.session().heartbeat(),
                config.session().writeStallTimeout());
    }

    ActivationLimits activation() {
        var challenge = config.activation().challenge();
        return new ActivationLimits(
                config.activation().consentLifetime(),
                challenge.lifetime(),
                challenge.triesMax(),
                challenge.triesWindow(),
                Math.min(challenge.smsPerNumberMax(), noticeOfFewestSms().smsMax()),
                challenge.smsWindow(),
                OPEN_CHALLENGES_MAX);
    }

    PinLimits pins() {
        var pin = config.activation().pin();
        return new PinLimits(pin.protection(), pin.triesMax());
    }

    /// What a notice promises is the most that is sent.
    private Notice noticeOfFewestSms() {
        return notices.all().stream()
                .min(java.util.Comparator.comparingInt(Notice::smsMax))
                .orElseThrow();
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
                                config.session().graceMin(), config.session().graceMax())),
                config.store().messageLifetimeMax(),
                config.session().fallback().deadlineMin(),
                config.session().fallback().deadlineMax());
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
