package assent.sim.faults;

import assent.protocol.ProofMethod;
import assent.sim.demo.Approvals;
import assent.sim.demo.Deadlines;
import assent.sim.demo.DemoFailure;
import assent.sim.demo.DemoLimits;
import assent.sim.demo.DemoPhone;
import assent.sim.demo.Direction;
import assent.sim.demo.FallBackRules;
import assent.sim.demo.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/// Pairs of phones that write to each other both ways, as fast as they may, while one of each pair comes
/// and goes; and the record of every text. Thread-safe.
final class Workload implements AutoCloseable {
    /// More than any run sends.
    private static final long ENDLESS = 1L << 40;

    private static final int LETTERS_MAX = 120;
    /// One text of so many has a deadline.
    private static final int EVERY_SECOND = 2;

    /// The shortest that a gateway takes as it is configured here.
    static final Duration DEADLINE_MIN = Duration.ofSeconds(1);
    /// One absence of so many is longer than the deadline.
    private static final int LONG_ABSENCE_EVERY = 4;

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final Phones phones;
    private final Plan plan;
    private final List<Direction> directions = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean ending = new AtomicBoolean();

    /// What the phones do.
    ///
    /// @param pairs of phones; in every second one, the first phone comes and goes
    /// @param limits of each direction
    /// @param seed of texts and absences
    /// @param lettersMax of one text, each of one to four bytes
    /// @param deadline of texts that have one
    /// @param rules what excuses a text that is shown and falls back
    record Plan(int pairs, DemoLimits limits, long seed, int lettersMax, Duration deadline, FallBackRules rules) {
        static Plan of(int pairs, long seed) {
            // Less than a mailbox holds, and less than the gateway takes from a device at a time.
            var limits = new DemoLimits(64, 1_000, 1 << 20, Duration.ofSeconds(90), Duration.ofMillis(500));
            return new Plan(pairs, limits, seed, LETTERS_MAX, DEADLINE_MIN, FallBackRules.STRICT);
        }

        /// Where news, or texts, may be on their way for longer.
        Plan with(FallBackRules others) {
            return with(deadline, others);
        }

        /// A deadline that is longer than the news may take shows whether it came at all.
        Plan with(Duration otherDeadline, FallBackRules others) {
            return new Plan(pairs, limits, seed, lettersMax, otherDeadline, others);
        }
    }

    private Workload(Phones phones, Plan plan) {
        this.phones = phones;
        this.plan = plan;
    }

    /// Activates the phones; nothing is sent yet. Blocks.
    static Workload open(Phones phones, Plan plan) throws InterruptedException {
        var workload = new Workload(phones, plan);
        for (int i = 0; i < plan.pairs(); i++) {
            DemoPhone first = phones.fresh();
            DemoPhone second = phones.fresh();
            Approvals.activate(first, ProofMethod.DEVICE_SMS);
            Approvals.activate(second, ProofMethod.DEVICE_SMS);
            workload.add(first, second);
            workload.add(second, first);
        }
        return workload;
    }

    private void add(DemoPhone from, DemoPhone to) {
        var direction = new Direction(
                from, to, ENDLESS, plan.limits(), new Deadlines(EVERY_SECOND, plan.deadline(), plan.rules()));
        to.showOn(direction::shown);
        directions.add(direction);
    }

    /// Whether phones come and go.
    enum Coming {
        AND_GOING,
        NEVER
    }

    /// Starts to send, and phones come and go.
    void start() {
        start(Coming.AND_GOING);
    }

    /// Starts to send.
    void start(Coming coming) {
        for (int i = 0; i < directions.size(); i++) {
            var texts = new Texts(new Random(plan.seed() + i), plan.lettersMax());
            Direction direction = directions.get(i);
            threads.add(start(() -> direction.sendAll(texts)));
        }
        for (int pair = 0; coming == Coming.AND_GOING && pair < plan.pairs(); pair += 2) {
            var random = new Random(plan.seed() - 1 - pair);
            DemoPhone restless = directions.get(2 * pair).to();
            threads.add(start(() -> comeAndGo(restless, random)));
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static Thread start(Work work) {
        return Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                // The workload has ended.
            }
        });
    }

    private void comeAndGo(DemoPhone phone, Random random) throws InterruptedException {
        while (!ending.get()) {
            Thread.sleep(random.nextInt(200, 1_200));
            phone.leave();
            boolean isLong = random.nextInt(LONG_ABSENCE_EVERY) == 0;
            int deadlineMillis = (int) plan.deadline().toMillis();
            Thread.sleep(isLong ? deadlineMillis + random.nextInt(100, 1_500) : random.nextInt(50, 600));
            phone.comeBack();
        }
    }

    /// Counts so far, all pairs together.
    Tally tally() {
        return directions.stream().map(Direction::tally).reduce(new Tally(), Tally::plus);
    }

    long acknowledged() {
        return tally().acknowledged();
    }

    List<Direction> directions() {
        return directions;
    }

    Phones phones() {
        return phones;
    }

    /// Blocks until so many texts are acknowledged in all.
    ///
    /// @throws DemoFailure if that takes longer than `atMost`
    void awaitAcknowledged(long count, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (acknowledged() < count) {
            directions.forEach(direction -> direction.to().requireWilling());
            if (System.nanoTime() > end) {
                throw new DemoFailure("only " + acknowledged() + " texts were acknowledged, and in the last "
                        + atMost.toSeconds() + " s not " + count + " as expected");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /// Stops sending, brings every phone back, waits until every text has its outcome and is shown, and
    /// lets all sign in once more, so that whatever comes twice comes now. Blocks.
    ///
    /// @param atMost how long to wait for what is missing; then it counts as lost
    Verdict finish(Duration atMost) throws InterruptedException {
        ending.set(true);
        directions.forEach(Direction::stopSending);
        for (Thread thread : threads) {
            thread.join();
        }
        long end = System.nanoTime() + atMost.toNanos();
        allSignIn(end);
        awaitDone(end);
        directions.forEach(direction -> direction.to().leave());
        allSignIn(System.nanoTime() + plan.limits().stallMax().toNanos());
        Thread.sleep(plan.limits().settle());
        long unsettled =
                directions.stream().filter(direction -> !direction.isSettled()).count();
        long lost = directions.stream()
                .mapToLong(direction -> direction.unshown().size())
                .sum();
        return Verdict.of(tally(), lost, unsettled);
    }

    private void awaitDone(long end) throws InterruptedException {
        while (!directions.stream().allMatch(Direction::isDone) && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
        }
    }

    private void allSignIn(long end) throws InterruptedException {
        for (Direction direction : directions) {
            if (direction.to().connection() == DemoPhone.AWAY) {
                direction.to().comeBack();
            }
        }
        while (directions.stream().anyMatch(direction -> direction.to().connection() == DemoPhone.AWAY)) {
            directions.forEach(direction -> direction.to().requireWilling());
            if (System.nanoTime() > end) {
                throw new DemoFailure("a phone could not sign in again");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /// Ends the threads; phones are closed with their stage.
    @Override
    public void close() {
        ending.set(true);
        threads.forEach(Thread::interrupt);
    }
}
