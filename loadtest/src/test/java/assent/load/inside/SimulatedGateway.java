package assent.load.inside;

import assent.protocol.PhoneNumber;
import assent.server.activation.Activations;
import assent.server.activation.AwaitedTexts;
import assent.server.activation.Challenges;
import assent.server.activation.Invitations;
import assent.server.activation.LimitMeters;
import assent.server.activation.Pins;
import assent.server.activation.WithdrawalChallenges;
import assent.server.cluster.Post;
import assent.server.consent.Receipts;
import assent.server.consent.Withdrawals;
import assent.server.delivery.Courier;
import assent.server.delivery.DeliveryLimits;
import assent.server.delivery.GraceBounds;
import assent.server.export.Exports;
import assent.server.keys.Keys;
import assent.server.policy.Policy;
import assent.server.session.LiveSessions;
import assent.server.session.Seats;
import assent.server.session.SessionMeters;
import assent.server.session.SessionRules;
import assent.server.session.SessionServices;
import assent.server.session.SessionTimes;
import assent.server.sms.Carrier;
import assent.server.sms.SmsChannel;
import assent.server.sms.SmsDispatcher;
import assent.server.sms.SmsText;
import assent.server.sms.Submission;
import assent.server.store.CommitLimits;
import assent.server.store.Committer;
import assent.server.store.Store;
import assent.server.store.StoreReads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A gateway from the session inwards, put together as `assent.server.Gateway` does and with its usual
/// settings, without a listener and without a carrier. Thread-safe.
final class SimulatedGateway implements AutoCloseable {
    private static final int READ_THREADS = 4;
    private static final int READS_WAITING_MAX = 50_000;
    private static final int IN_FLIGHT_MAX = 256;
    private static final int DELIVERY_BYTES_IN_FLIGHT_MAX = 1 << 20;
    private static final Duration HEARTBEAT = Duration.ofMinutes(1);
    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(2);
    private static final SessionTimes TIMES =
            new SessionTimes(Duration.ofSeconds(10), Duration.ofMinutes(10), HEARTBEAT, Duration.ofSeconds(30));

    private final LiveSessions live;
    private final StoreReads reads;
    private final Committer committer;
    private final List<EventLoop> loops;
    private final SessionServices services;

    /// @param store not closed with it
    SimulatedGateway(Store store, Keys keys, int loops) {
        var meters = new SimpleMeterRegistry();
        Clock clock = Clock.systemUTC();
        Policy policy = Policy.builtIn();
        this.live = new LiveSessions(store.generation());
        this.reads = new StoreReads(store, READ_THREADS, READS_WAITING_MAX, meters);
        this.committer = new Committer(store, CommitLimits.DEFAULTS, meters);
        this.loops =
                Stream.<EventLoop>generate(DefaultEventLoop::new).limit(loops).toList();
        var carrier = new NoCarrier();
        var sms = new SmsDispatcher(carrier, 1);
        var limits = new LimitMeters(meters);
        var receipts = new Receipts(keys.signing());
        var challenges = new Challenges(
                committer,
                new SmsChannel(carrier, sms, "27722"),
                keys,
                AwaitedTexts.alone(),
                clock,
                () -> policy,
                limits);
        this.services = new SessionServices(
                new SessionRules(
                        () -> policy,
                        new Invitations(keys),
                        keys.signing().publicKey().point(),
                        HEARTBEAT,
                        IN_FLIGHT_MAX,
                        IN_FLIGHT_MAX,
                        BUSY_RETRY_AFTER),
                TIMES,
                new Activations(committer, reads, receipts, clock, () -> policy),
                challenges,
                new WithdrawalChallenges(challenges, reads, sms),
                new Pins(committer, reads, keys, clock, policy::registrationPin, limits),
                new Withdrawals(committer, receipts, clock, Duration.ofMinutes(1), policy::registrationPin),
                new Courier(
                        live,
                        committer,
                        reads,
                        clock,
                        new DeliveryLimits(
                                IN_FLIGHT_MAX,
                                IN_FLIGHT_MAX,
                                DELIVERY_BYTES_IN_FLIGHT_MAX,
                                new GraceBounds(Duration.ofMillis(10), Duration.ofMillis(250))),
                        policy::messages,
                        Post.NOBODY,
                        meters),
                new Exports(reads, clock),
                live,
                Seats.alone(reads, store),
                new SessionMeters(meters),
                clock);
    }

    /// Nobody activates by SMS here.
    private static final class NoCarrier implements Carrier {
        @Override
        public Submission submit(PhoneNumber to, SmsText text) {
            throw new AssertionError("no SMS is sent here");
        }

        @Override
        public boolean isUp() {
            return false;
        }

        @Override
        public void close() {}
    }

    /// A new connection, on one of the loops.
    SimulatedConnection connect(int index) {
        return new SimulatedConnection(services, loops.get(index % loops.size()));
    }

    /// Signed in, confirmed or about to be.
    int sessions() {
        return live.size();
    }

    /// Waits until what was asked of the store before is answered, and its answers have been heard. Twice, since
    /// an answer may have led to another question.
    void awaitQuiet() {
        for (int i = 0; i < 2; i++) {
            var asked = Stream.generate(() -> loops)
                    .limit(READ_THREADS)
                    .flatMap(List::stream)
                    .map(this::answer)
                    .toList();
            asked.forEach(CompletableFuture::join);
        }
    }

    private CompletableFuture<Void> answer(EventLoop loop) {
        var answered = new CompletableFuture<Void>();
        reads.read(_ -> 0, loop, _ -> answered.complete(null));
        return answered;
    }

    @Override
    public void close() {
        loops.forEach(loop -> loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly());
        committer.close();
        reads.close();
    }
}
