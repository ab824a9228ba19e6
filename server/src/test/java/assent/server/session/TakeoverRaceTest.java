package assent.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.server.store.Activation;
import assent.server.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// The same activation connects twice: the newer session wins, the older can neither acknowledge nor
/// write. Real sessions, store and event loops, without the network.
class TakeoverRaceTest {
    private static final long SEED = 20_261_122;
    private static final int RACES = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void ofManySessionsThatRaceTheNewestIsLiveAndNoTextIsLost() throws Exception {
        var random = new Random(SEED);
        try (var world = new RaceWorld(UnaryOperator.identity())) {
            Activation annas = world.activate(RaceWorld.ANNA);
            Activation bens = world.activate(RaceWorld.BEN);
            RaceConnection anna = world.connect(annas, 0);
            anna.habit(frame -> acknowledge(anna, frame)).signIn();
            until("Anna is live", anna::isLive);
            var race = new Race(world, anna, bens, random);
            for (int i = 0; i < RACES; i++) {
                race.run(i);
            }
            race.finish();
            assertThat(race.vanished).isPositive();
            until("nothing waits for Anna", () -> isEmpty(world, annas));
            until("nothing waits for Ben", () -> isEmpty(world, bens));
        }
    }

    private static boolean isEmpty(RaceWorld world, Activation device) {
        try {
            return world.store
                    .messages(device.deviceId(), 0, 1, 1, () -> assent.server.store.Fixtures.NOW)
                    .isEmpty();
        } catch (assent.server.store.StoreException e) {
            throw new AssertionError(e);
        }
    }

    private static void acknowledge(RaceConnection phone, GatewayFrame frame) {
        if (frame instanceof GatewayFrame.Deliver) {
            phone.acknowledgeAll();
        }
    }

    /// Race after race for Ben's place, while Anna writes to him and each session of his to her.
    private static final class Race {
        private final RaceWorld world;
        private final RaceConnection anna;
        private final Activation bens;
        private final Random random;
        private RaceConnection holder;
        private int vanished;

        Race(RaceWorld world, RaceConnection anna, Activation bens, Random random) {
            this.world = world;
            this.anna = anna;
            this.bens = bens;
            this.random = random;
            this.holder = newcomer().signIn();
            until("Ben is live", holder::isLive);
        }

        /// A session that acknowledges at once, late, or only when it is told to go, which is too late.
        private RaceConnection newcomer() {
            RaceConnection one = world.connect(bens, random.nextInt(3));
            int habit = random.nextInt(3);
            return one.habit(frame -> {
                switch (frame) {
                    case GatewayFrame.Deliver ignored when habit == 0 -> one.acknowledgeAll();
                    case GatewayFrame.Deliver ignored
                    when habit == 1 -> one.loop().execute(one::acknowledgeAll);
                    case GatewayFrame.SignedIn ignored -> one.text(RaceWorld.ANNA, "as a racer");
                    case GatewayFrame.Goodbye ignored -> {
                        one.acknowledgeAll();
                        one.text(RaceWorld.ANNA, "too late");
                    }
                    default -> {}
                }
            });
        }

        void run(int number) {
            List<RaceConnection> racers = new ArrayList<>(List.of(holder, newcomer(), newcomer()));
            List<MessageId> texts = new ArrayList<>();
            texts.add(anna.text(RaceWorld.BEN, "before"));
            racers.get(1).signIn();
            texts.add(anna.text(RaceWorld.BEN, "between"));
            racers.get(2).signIn();
            holder.text(RaceWorld.ANNA, "as the one who holds the place");
            texts.add(anna.text(RaceWorld.BEN, "after"));
            if (random.nextInt(4) == 0) {
                RaceConnection vanishing = racers.get(1 + random.nextInt(2)).vanish();
                until("it is gone", vanishing::isGone);
                vanished++;
            }
            until("race " + number + " is decided", () -> isDecided(racers));
            holder = racers.stream().filter(RaceConnection::isLive).findAny().orElseGet(() -> {
                racers.add(newcomer().signIn());
                return racers.getLast();
            });
            until("someone is live after race " + number, holder::isLive);
            check(number, racers, texts);
        }

        /// One is live and has the place, and all others know that they have to go; or all are gone. In
        /// this order: whoever is not settled yet may still become live.
        private boolean isDecided(List<RaceConnection> racers) {
            if (!racers.stream().allMatch(RaceConnection::isSettled)) {
                return false;
            }
            List<Session> live = racers.stream()
                    .filter(RaceConnection::isLive)
                    .map(RaceConnection::session)
                    .toList();
            return live.size() <= 1
                    && live.equals(world.live.sessionOf(RaceWorld.BEN).stream().toList());
        }

        private void check(int number, List<RaceConnection> racers, List<MessageId> texts) {
            RaceConnection winner = holder;
            assertThat(world.live.sessionOf(RaceWorld.BEN))
                    .as(
                            "the place after race %d of %s, whose sessions are %s; won by %s",
                            number,
                            racers,
                            racers.stream().map(RaceConnection::session).toList(),
                            winner)
                    .contains(winner.session());
            assertThat(racers).allMatch(racer -> racer.epoch <= winner.epoch || racer.isGone());
            until(
                    "Anna has her results in race " + number,
                    () -> anna.outcomes.keySet().containsAll(texts));
            Set<MessageId> had = new HashSet<>();
            racers.stream().filter(racer -> racer != winner).forEach(racer -> had.addAll(racer.acknowledged));
            String race = "race " + number + ", won by " + winner + " of " + racers;
            until("what nobody acknowledged in time comes to the winner of " + race, () -> {
                Set<MessageId> known = new HashSet<>(had);
                known.addAll(winner.received);
                return known.containsAll(texts);
            });
            winner.habit(frame -> acknowledge(winner, frame));
            winner.acknowledgeAll();
            for (RaceConnection racer : racers) {
                until(
                        "what was acknowledged to Ben has come to Anna",
                        () -> racer.outcomes.entrySet().stream()
                                .filter(outcome -> outcome.getValue() != Outcome.REFUSED)
                                .allMatch(outcome -> anna.received.contains(outcome.getKey())));
            }
        }

        void finish() {
            assertThat(anna.outcomes.values()).doesNotContain(Outcome.REFUSED);
            assertThat(anna.outcomes.values()).contains(Outcome.DELIVERED, Outcome.QUEUED);
        }
    }

    @Test
    void whatAStaleSessionStillHadToReadWhenTheNewerBecameLiveCountsForNothing() throws Exception {
        try (var world = new RaceWorld(UnaryOperator.identity())) {
            RaceConnection anna =
                    world.connect(world.activate(RaceWorld.ANNA), 0).signIn();
            Activation bens = world.activate(RaceWorld.BEN);
            RaceConnection old = world.connect(bens, 1).signIn();
            until("both are live", () -> anna.isLive() && old.isLive());
            MessageId text = anna.text(RaceWorld.BEN, "for whoever is live");
            until("the old session has it", () -> old.received.contains(text));
            var gate = new CountDownLatch(1);
            old.loop().execute(() -> awaitUninterruptibly(gate));
            old.acknowledgeAll();
            MessageId late = old.text(RaceWorld.ANNA, "written by a stale session");

            RaceConnection young = world.connect(bens, 2).signIn();
            until("the newer session is live", young::isLive);
            gate.countDown();

            until("the old session is told", () -> old.goodbye.isPresent());
            assertThat(old.goodbye).contains(Reason.SESSION_TAKEN_OVER);
            until("the text comes again", () -> young.received.contains(text));
            assertThat(young.epoch).isGreaterThan(old.epoch);
            assertThat(old.outcomes).doesNotContainKey(late);
            assertThat(anna.received).doesNotContain(late);
        }
    }

    @Test
    void aDeviceThatHasLostTheNumberTakesThePlaceOfTheNewOneForAMomentAndNothingIsLostByIt() throws Exception {
        var reads = new HeldReads();
        try (var world = new RaceWorld(reads::in)) {
            RaceConnection anna =
                    world.connect(world.activate(RaceWorld.ANNA), 0).signIn();
            Activation lost = world.activate(RaceWorld.BEN);
            CountDownLatch judged = reads.hold(lost);
            RaceConnection stale = world.connect(lost, 1).signIn();
            until("the stale sign-in was looked up", reads::isHolding);
            Activation now = world.activate(RaceWorld.BEN);
            RaceConnection right = world.connect(now, 2).signIn();
            until("the new device is live", () -> right.isLive() && anna.isLive());

            CountDownLatch confirmed = reads.hold(lost);
            judged.countDown();
            until("the stale session has the place", reads::isHolding);
            MessageId meanwhile = anna.text(RaceWorld.BEN, "sent when the wrong one is in the table");
            until("the sender has its result", () -> anna.outcomes.containsKey(meanwhile));
            confirmed.countDown();

            until("the stale one is refused", () -> stale.goodbye.isPresent());
            assertThat(stale.goodbye).contains(Reason.SIGN_IN_REFUSED);
            assertThat(stale.received).isEmpty();
            until("the text is there", () -> right.received.contains(meanwhile));
            assertThat(right.goodbye).isEmpty();
            MessageId after = anna.text(RaceWorld.BEN, "sent when the right one is back");
            until("texts find it again", () -> right.received.contains(after));
            assertThat(world.live.sessionOf(RaceWorld.BEN)).contains(right.session());
        }
    }

    @Test
    void aDisplacedDeviceWhoseActivationWentMeanwhileIsEndedWhenItComesBackToItsPlace() throws Exception {
        var reads = new HeldReads();
        try (var world = new RaceWorld(reads::in)) {
            Activation lost = world.activate(RaceWorld.BEN);
            CountDownLatch judged = reads.hold(lost);
            RaceConnection stale = world.connect(lost, 1).signIn();
            until("the stale sign-in was looked up", reads::isHolding);
            RaceConnection second =
                    world.connect(world.activate(RaceWorld.BEN), 2).signIn();
            until("the second device is live", second::isLive);
            CountDownLatch confirmed = reads.hold(lost);
            judged.countDown();
            until("the stale session has the place", reads::isHolding);

            world.activate(RaceWorld.BEN); // whoever did this looked at the table and found the stale session
            confirmed.countDown();

            until("both are gone", () -> stale.goodbye.isPresent() && second.goodbye.isPresent());
            until("the place is free", () -> world.live.sessionOf(RaceWorld.BEN).isEmpty());
        }
    }

    /// Holds the answers to looks at one device's activation; what was read is from before.
    private static final class HeldReads {
        /// At the sign-in, and once the session is in the table.
        private static final Set<String> LOOKS = Set.of("activation", "isActivated");

        private final Set<Activation> held = ConcurrentHashMap.newKeySet();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile boolean holding;

        /// The next look at this device waits, with its answer in hand, until the latch is open.
        CountDownLatch hold(Activation device) {
            holding = false;
            gate = new CountDownLatch(1);
            held.add(device);
            return gate;
        }

        boolean isHolding() {
            return holding;
        }

        Store in(Store real) {
            return (Store) Proxy.newProxyInstance(
                    Store.class.getClassLoader(), new Class<?>[] {Store.class}, (_, method, args) -> {
                        try {
                            Object answer = method.invoke(real, args);
                            if (LOOKS.contains(method.getName())
                                    && held.removeIf(device -> device.deviceId().equals(args[0]))) {
                                CountDownLatch until = gate;
                                holding = true;
                                awaitUninterruptibly(until);
                            }
                            return answer;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Looks again every few microseconds, since thousands of races wait here.
    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not come true: " + what);
            }
            LockSupport.parkNanos(20_000);
        }
    }
}
