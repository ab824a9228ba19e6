package assent.server;

import assent.server.activation.Activations;
import assent.server.activation.Challenges;
import assent.server.activation.Invitations;
import assent.server.activation.LimitMeters;
import assent.server.activation.Pins;
import assent.server.activation.WithdrawalChallenges;
import assent.server.admin.AdminPlane;
import assent.server.admin.AdminServices;
import assent.server.audit.AuditLog;
import assent.server.cli.Keeper;
import assent.server.cli.RunningGateway;
import assent.server.config.GatewayConfig;
import assent.server.consent.Receipts;
import assent.server.consent.Withdrawals;
import assent.server.delivery.Courier;
import assent.server.export.Exports;
import assent.server.keys.KeyFile;
import assent.server.keys.Keys;
import assent.server.net.Listener;
import assent.server.net.tls.GatewayCertificate;
import assent.server.net.tls.TlsIdentity;
import assent.server.policy.LivePolicy;
import assent.server.policy.PinPolicy;
import assent.server.policy.book.PolicyBook;
import assent.server.policy.book.PolicyWatch;
import assent.server.session.LiveLetters;
import assent.server.session.LiveSessions;
import assent.server.session.SessionMeters;
import assent.server.session.SessionServices;
import assent.server.sms.Carrier;
import assent.server.sms.CountedCarrier;
import assent.server.sms.SmsChannel;
import assent.server.sms.SmsDispatcher;
import assent.server.sms.smpp.SmppCarrier;
import assent.server.store.Backups;
import assent.server.store.Committer;
import assent.server.store.Ledgers;
import assent.server.store.Store;
import assent.server.store.StoreReads;
import assent.server.store.Sweeper;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gateway: the one place where its parts are made, in the order in which they stand on each other,
/// and stopped in reverse. Thread-safe.
///
/// Stopping loses nothing that was accepted: the listener says goodbye and hands what sessions hold to
/// the committer, the committer writes what it was given, and only then do event loops and store end.
public final class Gateway implements RunningGateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private static final int READ_THREADS = 4;

    /// Reads that wait; more are answered as unavailable, and the device tries again.
    private static final int READS_WAITING_MAX = 50_000;

    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
    private static final Duration FORGET_EVERY = Duration.ofSeconds(30);

    private final Clock clock;
    private final Path dataFolder;
    private volatile TlsIdentity identity;
    private final Carrier carrier;
    private final Listener listener;
    private final Optional<AdminPlane> admin;
    private final Administration administration;
    private final CompletionStage<Throwable> failure;
    private final Desk desk;
    private final Deque<Part> running;

    /// Something that was started, and how it is stopped.
    private record Part(String name, AutoCloseable stop) {}

    private Gateway(
            Clock clock,
            Path dataFolder,
            TlsIdentity identity,
            Carrier carrier,
            Listener listener,
            Optional<AdminPlane> admin,
            Administration administration,
            CompletionStage<Throwable> failure,
            Desk desk,
            Deque<Part> running) {
        this.clock = clock;
        this.dataFolder = dataFolder;
        this.identity = identity;
        this.carrier = carrier;
        this.listener = listener;
        this.admin = admin;
        this.administration = administration;
        this.failure = failure;
        this.desk = desk;
        this.running = running;
    }

    /// Starts a gateway on the machine's time.
    ///
    /// @throws Exception if it cannot start; the message is for people, and what was started has been
    ///     stopped
    public static Gateway start(GatewayConfig config, MeterRegistry meters) throws Exception {
        return start(config, meters, new SteadyClock());
    }

    /// As [#start(GatewayConfig, MeterRegistry)], on a given clock.
    static Gateway start(GatewayConfig config, MeterRegistry meters, Clock clock) throws Exception {
        return start(config, meters, clock, StoreChoice::of);
    }

    /// As [#start(GatewayConfig, MeterRegistry, Clock)], where a test keeps things.
    static Gateway start(GatewayConfig config, MeterRegistry meters, Clock clock, StoreChoice.Maker choices)
            throws Exception {
        var running = new ArrayDeque<Part>();
        try {
            return start(config, meters, clock, choices, running);
        } catch (Throwable e) { // also a native library that does not load
            stop(running);
            throw e;
        }
    }

    private static Gateway start(
            GatewayConfig config, MeterRegistry meters, Clock clock, StoreChoice.Maker choices, Deque<Part> running)
            throws Exception {
        var settings = new Settings(config);
        TlsIdentity identity = GatewayCertificate.obtain(
                Settings.tlsFiles(config.tls()), config.data().folder(), clock);
        StoreChoice choice = choices.choose(config, settings, clock);
        running.push(new Part("way to the store", choice));
        Keys keys = KeyFile.open(config.data().keyFile(), !choice.holdsData());

        var policy = new LivePolicy();
        Backing backing =
                choice.open(keys, (version, at) -> policy.get().notice().rule().suspends(version, at), meters);
        running.push(new Part("store", backing));
        Store store = backing.store();
        // The event loops that replies run on must outlive whoever replies, so their end comes after it.
        var loops = new LoopsLast();
        running.push(new Part("event loops", loops));
        var reads = new StoreReads(store, READ_THREADS, READS_WAITING_MAX, meters);
        running.push(new Part("store reads", () -> reads.close(settings.partTimeout())));
        var committer = new Committer(backing.steps(), settings.commits(), meters);
        running.push(new Part("committer", () -> committer.close(settings.drainTimeout())));

        var live = new LiveSessions(store.generation());
        var ledgers = new Ledgers(committer, reads);
        var audit = new AuditLog(ledgers, keys.signing(), clock);
        var book = PolicyBook.open(ledgers, audit, clock, policy, settings.initialPolicy(), live::standingChanged);
        if (store.restored().isPresent()) {
            Administration.noteRestored(store.restored().get(), audit);
        }
        var watch = new PolicyWatch(book);
        watch.start();
        running.push(new Part("policy", watch));

        var backups =
                new Backups(store, config.data().storeFolder(), config.store().backupFolder(), clock);
        var desk = new Desk(book, audit, new Invitations(keys), backups);
        var arrivals = new Arrivals();
        var carrier = new SmppCarrier(settings.smpp(), arrivals, new SecureRandom());
        running.push(new Part("carrier", () -> closeWithin(carrier, settings.partTimeout())));
        var sms = new SmsDispatcher(
                new CountedCarrier(carrier, meters), config.carrier().link().inFlightMax());
        running.push(
                new Part("SMS under way", () -> sms.close(settings.partTimeout().dividedBy(2))));

        var limits = new LimitMeters(meters);
        var challenges = new Challenges(
                committer,
                new SmsChannel(carrier, sms, config.carrier().serviceNumber()),
                keys,
                backing.awaitedTexts(reads),
                clock,
                policy,
                limits);
        arrivals.goTo(challenges::arrived);
        carrier.start();
        Supplier<PinPolicy> pinPolicy = () -> policy.get().registrationPin();
        var pins = new Pins(committer, reads, keys, clock, pinPolicy, limits);
        running.push(new Part("registration PINs", pins));
        var receipts = new Receipts(keys.signing());
        var services = new SessionServices(
                settings.rules(keys.signing().publicKey().point(), policy, desk.invitations()),
                settings.times(),
                new Activations(committer, reads, receipts, clock, policy),
                challenges,
                new WithdrawalChallenges(challenges, reads, sms),
                pins,
                new Withdrawals(committer, receipts, clock, config.store().eraseWithin(), pinPolicy),
                new Courier(
                        live,
                        committer,
                        reads,
                        clock,
                        settings.delivery(),
                        () -> policy.get().messages(),
                        backing.post(),
                        meters),
                new Exports(reads, clock),
                live,
                backing.seats(reads),
                new SessionMeters(meters),
                clock);
        backing.open(new LiveLetters(live, challenges, config.session().drain().retryAfter()));

        var administration = new Administration(clock);
        Optional<AdminPlane> admin = Administration.start(
                config,
                identity,
                administration.services(
                        desk,
                        new AdminServices.Devices(reads, live, services.seats(), services.withdrawals()),
                        new AdminServices.Sms(carrier, sms, config.carrier().serviceNumber()),
                        meters,
                        committer.failure()));
        admin.ifPresent(plane -> running.push(new Part("admin API", plane)));
        var listener = Listener.open(Settings.listener(config.listen(), identity), services, meters);
        loops.belongTo(listener);
        running.push(new Part("listener", () -> {
            administration.closing();
            listener.close(settings.drain());
        }));
        var sweeper = new Sweeper(committer, clock, SWEEP_EVERY);
        sweeper.start();
        listener.every(FORGET_EVERY, challenges::forgetOld);
        running.push(new Part("sweeper", sweeper));
        administration.opened(listener);
        LOG.info("listening on {}", listener.address());
        var gateway = new Gateway(
                clock,
                config.data().folder(),
                identity,
                carrier,
                listener,
                admin,
                administration,
                committer.failure(),
                desk,
                running);
        new GatewayMeters(meters)
                .sessions(live)
                .sms(carrier, sms)
                .storage(store, config.data().folder())
                .certificate(gateway::identity);
        return gateway;
    }

    /// Stands in the row of parts before the committer although the listener, which owns the loops, is
    /// made after it.
    private static final class LoopsLast implements AutoCloseable {
        private Runnable stop = () -> {};

        void belongTo(Listener listener) {
            stop = listener::stopLoops;
        }

        @Override
        public void close() {
            stop.run();
        }
    }

    /// Unbinding waits for the carrier's word, which need not hold up the end.
    private static void closeWithin(Carrier carrier, Duration timeout) throws InterruptedException {
        Thread closing =
                Thread.ofPlatform().daemon().name("assent-carrier-close").start(carrier::close);
        closing.join(timeout);
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    Optional<AdminPlane> admin() {
        return admin;
    }

    @Override
    public Optional<URI> adminAddress() {
        return admin.map(AdminPlane::uri);
    }

    @Override
    public CompletionStage<Void> stopAsked() {
        return administration.drainAsked();
    }

    @Override
    public Optional<FirstPassword> firstPassword() {
        return admin.flatMap(AdminPlane::firstPassword).map(made -> new FirstPassword(made.name(), made.password()));
    }

    @Override
    public TlsIdentity identity() {
        return identity;
    }

    @Override
    public CompletionStage<Throwable> failure() {
        return failure;
    }

    /// What operators work with.
    public Desk desk() {
        return desk;
    }

    @Override
    public void keptBy(Keeper keeper) {
        administration.keptBy(keeper);
    }

    @Override
    public void take(GatewayConfig config) throws Exception {
        TlsIdentity next = GatewayCertificate.obtain(Settings.tlsFiles(config.tls()), dataFolder, clock);
        listener.take(Settings.listener(config.listen(), next));
        identity = next;
    }

    /// Whether SMS can be sent now.
    public boolean isCarrierUp() {
        return carrier.isUp();
    }

    @Override
    public void close() {
        stop(running);
    }

    private static void stop(Deque<Part> running) {
        synchronized (running) {
            while (!running.isEmpty()) {
                Part part = running.pop();
                try {
                    part.stop().close();
                } catch (Exception e) {
                    LOG.warn("the {} did not stop cleanly; the others are stopped all the same", part.name(), e);
                }
            }
        }
    }
}
