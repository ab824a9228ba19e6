package assent.server.session;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import assent.server.activation.Activations;
import assent.server.activation.AwaitedTexts;
import assent.server.activation.Challenges;
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
import assent.server.policy.NoticeRule;
import assent.server.policy.Policy;
import assent.server.sms.Carrier;
import assent.server.sms.SmsChannel;
import assent.server.sms.SmsDispatcher;
import assent.server.sms.SmsText;
import assent.server.sms.Submission;
import assent.server.store.Activation;
import assent.server.store.CommitLimits;
import assent.server.store.Committer;
import assent.server.store.Fixtures;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.StoreReads;
import assent.server.store.TestStores;
import assent.server.store.Write;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Everything below TLS, in one process: a real store, committer, table of live sessions and
/// courier, and real event loops. Confined to the test's thread.
final class RaceWorld implements AutoCloseable {
    static final KeyPair KEY = States.DEVICE_KEY;
    static final PhoneNumber ANNA = Fixtures.ANNA;
    static final PhoneNumber BEN = Fixtures.BEN;

    private static final int LOOPS = 3;

    final LiveSessions live = new LiveSessions(1);
    final SessionServices services;
    final List<EventLoop> loops = new ArrayList<>();
    final Store store;
    private final TestStores stores = TestStores.open();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StoreReads reads;
    private final Committer committer;

    /// @param seenBySignIns what stands between the sessions' reads and the store
    RaceWorld(UnaryOperator<Store> seenBySignIns) {
        this.store = stores.store();
        this.reads = new StoreReads(seenBySignIns.apply(store), 2, 50_000, meters);
        this.committer = new Committer(store, CommitLimits.DEFAULTS, meters);
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new DefaultEventLoop());
        }
        Clock clock = Clock.fixed(Fixtures.NOW, java.time.ZoneOffset.UTC);
        var receipts = new Receipts(stores.keys().signing());
        var carrier = new NoCarrier();
        var sms = new SmsDispatcher(carrier, 1);
        Policy policy = States.policy(States.open(), NoticeRule.nobodyIsAsked("1"));
        var challenges = new Challenges(
                committer,
                new SmsChannel(carrier, sms, "7700"),
                stores.keys(),
                AwaitedTexts.alone(),
                clock,
                () -> policy,
                new LimitMeters(meters));
        var limits = new DeliveryLimits(256, 16, 1 << 20, new GraceBounds(Duration.ofMillis(1), Duration.ofMillis(3)));
        this.services = new SessionServices(
                States.rules(States.open()),
                new SessionTimes(
                        Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
                new Activations(committer, reads, receipts, clock, () -> policy),
                challenges,
                new WithdrawalChallenges(challenges, reads, sms),
                new Pins(committer, reads, stores.keys(), clock, policy::registrationPin, new LimitMeters(meters)),
                new Withdrawals(committer, receipts, clock, Duration.ofMinutes(1), policy::registrationPin),
                new Courier(live, committer, reads, clock, limits, policy::messages, Post.NOBODY, meters),
                new Exports(reads, clock),
                live,
                Seats.alone(reads, seenBySignIns.apply(store)),
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

    /// Binds the number to a new device, which has [#KEY]; whichever it had before is superseded.
    Activation activate(PhoneNumber number) throws StoreException {
        var consent = Fixtures.consent();
        var sample = States.activation();
        var activation = new Activation(
                number,
                DeviceId.random(),
                KEY.publicKey(),
                consent.id(),
                Fixtures.NOTICE_VERSION,
                sample.receipt(),
                sample.receiptSignature(),
                Fixtures.NOW);
        store.apply(List.of(
                new Write.PutConsent(consent, Fixtures.NOW.plus(Duration.ofMinutes(30))),
                new Write.Activate(activation, Fixtures.NOW)));
        return activation;
    }

    /// A new connection of the device, on one of the loops.
    RaceConnection connect(Activation device, int loop) {
        return new RaceConnection(this, device, loops.get(loop % LOOPS));
    }

    static Bytes nonce() {
        return States.NONCE;
    }

    @Override
    public void close() {
        committer.close();
        reads.close(Duration.ofSeconds(5));
        loops.forEach(loop -> loop.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS)
                .awaitUninterruptibly());
        stores.close();
    }
}
