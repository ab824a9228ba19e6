package assent.server;

import assent.server.admin.AdminPlane;
import assent.server.admin.AdminServices;
import assent.server.admin.access.Doorkeeper;
import assent.server.admin.desk.GatewayFacts;
import assent.server.admin.desk.Health;
import assent.server.admin.desk.Upkeep;
import assent.server.admin.http.AdminListener;
import assent.server.audit.AuditEvent;
import assent.server.audit.AuditLog;
import assent.server.cli.Keeper;
import assent.server.cluster.Member;
import assent.server.cluster.Members;
import assent.server.config.AdminConfig;
import assent.server.config.GatewayConfig;
import assent.server.config.LogLevel;
import assent.server.net.Listener;
import assent.server.net.tls.TlsIdentity;
import assent.server.session.LiveSessions;
import assent.server.sms.Carrier;
import assent.server.store.Restored;
import assent.server.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives the admin plane what it works with. It starts before devices are listened for and stops after they were said
/// goodbye to, so that operators see both; until then it says that this gateway is not ready. Thread-safe.
final class Administration {
    private static final Logger LOG = LoggerFactory.getLogger(Administration.class);

    private final Clock clock;
    private final GatewayFacts facts;
    private final Health health;
    private final LiveSessions live;
    private final CompletableFuture<Void> drainAsked = new CompletableFuture<>();
    private volatile Optional<Listener> devices = Optional.empty();
    private volatile Optional<Upkeep> upkeep = Optional.empty();
    private volatile Optional<Members> members = Optional.empty();

    /// @param failure completes when the store can keep nothing any more
    Administration(Clock clock, LiveSessions live, Carrier carrier, CompletionStage<Throwable> failure) {
        this.clock = clock;
        this.live = live;
        this.facts = new GatewayFacts(host(), version(), this::devicesAddress, clock.instant());
        this.health = new Health(List.of(
                new Health.Check("devices", true, this::listenerTrouble),
                new Health.Check("store", true, () -> storeTrouble(failure)),
                new Health.Check("carrier", false, () -> carrierTrouble(carrier))));
    }

    /// How this gateway is, for the others.
    Member member() {
        return new Member(
                facts.name(),
                facts.version(),
                devicesAddress(),
                facts.startedAt(),
                live.size(),
                devices.map(Listener::connections).orElse(0),
                health.report().isReady(),
                drainAsked.isDone());
    }

    /// This gateway is one of these.
    void joined(Members joined) {
        members = Optional.of(joined);
    }

    /// Takes this gateway out of service; returns at once.
    void drain() {
        if (drainAsked.complete(null)) {
            LOG.info("An operator takes this gateway out of service.");
            members.ifPresent(Members::changed);
        }
    }

    /// Devices can connect.
    void opened(Listener listener) {
        devices = Optional.of(listener);
        members.ifPresent(Members::changed);
    }

    /// Who reloads, and says how much is logged.
    void keptBy(Keeper keeper) {
        upkeep = Optional.of(new Upkeep() {
            @Override
            public Reloaded reload() throws Exception {
                Keeper.Reloaded reloaded = keeper.reload();
                return new Reloaded(reloaded.inEffect(), reloaded.atNextStart());
            }

            @Override
            public LogLevel logged() {
                return keeper.logged();
            }

            @Override
            public void log(LogLevel level) {
                keeper.log(level);
            }
        });
    }

    /// No more devices are taken; those there are can be counted until they are gone.
    void closing() {
        drainAsked.complete(null);
        members.ifPresent(Members::changed);
    }

    AdminServices services(
            Desk desk,
            AdminServices.Devices devices,
            AdminServices.Sms sms,
            AdminServices.Fleet fleet,
            MeterRegistry meters) {
        return new AdminServices(
                facts,
                health,
                desk.policy(),
                desk.audit(),
                desk.backups(),
                () -> upkeep,
                desk.invitations(),
                devices,
                sms,
                fleet,
                this::drain,
                meters,
                exposition(meters),
                clock);
    }

    private String devicesAddress() {
        return devices.map(Listener::address)
                .map(address -> address.getHostString() + ":" + address.getPort())
                .orElse("");
    }

    /// Completes when an operator asks to take this gateway out of service.
    CompletionStage<Void> drainAsked() {
        return drainAsked.copy();
    }

    private Optional<String> listenerTrouble() {
        if (drainAsked.isDone()) {
            return Optional.of("this gateway goes out of service; devices are to go elsewhere");
        }
        return devices.isPresent() ? Optional.empty() : Optional.of("devices are not taken: starting or stopping");
    }

    private Optional<String> storeTrouble(CompletionStage<Throwable> failure) {
        return failure.toCompletableFuture().isDone()
                ? Optional.of("a sync failed; the gateway stops, and the log says why")
                : members.flatMap(Members::trouble);
    }

    private static Optional<String> carrierTrouble(Carrier carrier) {
        return carrier.isUp() ? Optional.empty() : Optional.of("not bound; no SMS can be sent or received");
    }

    private static Supplier<String> exposition(MeterRegistry meters) {
        return meters instanceof PrometheusMeterRegistry prometheus ? prometheus::scrape : () -> "";
    }

    private static String version() {
        return Optional.ofNullable(Gateway.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    private static String host() {
        return Optional.ofNullable(System.getenv("HOSTNAME"))
                .or(Administration::kernelsHostname)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .orElse("gateway");
    }

    /// Services have no variable for it, and asking a resolver may take its time.
    private static Optional<String> kernelsHostname() {
        try {
            return Optional.of(Files.readString(Path.of("/proc/sys/kernel/hostname")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Takes down that the store is a backup that was put back, and what was erased from it.
    static void noteRestored(Restored restored, AuditLog audit) throws StoreException {
        LOG.warn(
                "the store is a backup of {}: {} activations that were withdrawn or superseded since were erased",
                restored.backupAt(),
                restored.erased());
        audit.append(new AuditEvent(
                "gateway",
                "store",
                "store.restore",
                "backup of " + restored.backupAt(),
                Map.of(),
                Map.of("erased", Integer.toString(restored.erased())),
                "",
                AuditEvent.DONE));
    }

    static AdminListener.Tls tls(TlsIdentity identity) {
        return new AdminListener.Tls(identity.key(), identity.chain());
    }

    /// Starts the plane, if the operator wants one.
    static Optional<AdminPlane> start(GatewayConfig config, TlsIdentity identity, AdminServices services)
            throws IOException {
        AdminConfig admin = config.admin();
        if (!admin.enabled().isYes()) {
            return Optional.empty();
        }
        var tls = admin.isLocal() ? Optional.<AdminListener.Tls>empty() : Optional.of(tls(identity));
        return Optional.of(AdminPlane.start(
                new AdminPlane.Settings(
                        new AdminListener.Settings(new InetSocketAddress(admin.host(), admin.port()), tls),
                        new Doorkeeper.Settings(admin.accountsFile(), admin.sessionIdle(), admin.loginTriesMax()),
                        config.data().folder(),
                        tls.map(ignored -> identity.sha256())),
                services));
    }
}
