package assent.load.work;

import static org.assertj.core.api.Assertions.assertThat;

import assent.load.driver.Protocol;
import assent.load.driver.Target;
import assent.load.relay.Relay;
import assent.load.server.StateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker and a real server in one process: whether what is measured is what happened.
class RelayWorkTest {
    private static final int PAIRS = 10;
    private static final Duration STALL = Duration.ofMillis(500);

    @TempDir
    private Path folder;

    private final List<Report> reports = new ArrayList<>();
    private final Worker worker = new Worker(reports::add);
    private Relay relay;

    @BeforeEach
    void start() throws Exception {
        var state = StateFolder.open(folder);
        relay = Relay.open(state.certificate(), state.key());
        var target = new Target(
                Protocol.RELAY, "127.0.0.1", relay.port(), state.certificate(), folder.resolve("phones"), false);
        worker.carryOut(new Order.Open("f", target, 1, 0, PAIRS, Optional.empty(), 80));
    }

    @AfterEach
    void stop() {
        worker.close();
        relay.close();
    }

    private Report.Stretch carryOut(Order order) throws InterruptedException {
        worker.carryOut(order);
        return ((Report.Done) reports.getLast()).stretch();
    }

    private void connect(Side side) throws InterruptedException {
        carryOut(new Order.Connect("f", side, PAIRS, false, 0, 20_000));
    }

    private static Order.Paced paced(int perSecond, long millis) {
        return new Order.Paced(
                "f", new Schedule(List.of(new Schedule.Step(perSecond, millis))), Optional.empty(), true, 20_000, 0);
    }

    @Test
    void aClosedLoopHasAsManyTextsUnderWayAsItWasToldAndLosesNone() throws InterruptedException {
        connect(Side.ALL);

        Report.Stretch stretch = carryOut(new Order.Max("f", 2, 100, 300, 20_000, 0));

        Counts all = stretch.counts().counts().plus(stretch.after().counts());
        assertThat(stretch.counts().texts().done()).isGreaterThan(PAIRS);
        assertThat(Faults.of(all, stretch.lost())).isEmpty();
    }

    @Test
    void textsThatDoNotArriveAreLostAndThatIsAFault() throws InterruptedException {
        connect(Side.SENDERS); // the relay drops what is for phones that are not there

        Report.Stretch stretch = carryOut(new Order.Max("f", 1, 0, 100, 200, 0));

        assertThat(stretch.lost()).isEqualTo(PAIRS);
        assertThat(Faults.of(stretch.counts().counts(), stretch.lost())).containsExactly(PAIRS + " texts lost");
    }

    @Test
    void anOpenModelSendsWhatWasPlannedWhateverTheServerDoes() throws InterruptedException {
        connect(Side.ALL);

        Report.Stretch stretch = carryOut(paced(1_000, 500));

        Counts all = stretch.counts().counts().plus(stretch.after().counts());
        assertThat(all.texts().sent()).isEqualTo(500);
        assertThat(all.texts().done()).isEqualTo(500);
    }

    /// Coordinated omission: a closed loop would notice the stall once for each pair. Here each text that
    /// was to be sent meanwhile has noticed it.
    @Test
    void everyTextThatWasToBeSentDuringAStallCountsItsWaiting() throws InterruptedException {
        connect(Side.ALL);
        relay.loop().schedule(() -> LockSupport.parkNanos(STALL.toNanos()), 300, TimeUnit.MILLISECONDS);

        Report.Stretch stretch = carryOut(paced(1_000, 1_500));

        Counts all = stretch.counts().counts().plus(stretch.after().counts());
        Histogram arrival = all.arrival();
        long halfAStall = TimeUnit.NANOSECONDS.toMicros(STALL.toNanos()) / 2;
        assertThat(arrival.getCountBetweenValues(halfAStall, arrival.getHighestTrackableValue()))
                .isGreaterThan(20 * PAIRS);
        assertThat(arrival.getMaxValue()).isGreaterThan(halfAStall);
    }

    @Test
    void aStopEndsAnOrderEarlyAndWhatWasUnderWayIsNotLost() throws InterruptedException {
        connect(Side.ALL);
        relay.loop().schedule(worker::stop, 200, TimeUnit.MILLISECONDS);

        Report.Stretch stretch = carryOut(paced(1_000, 600_000));

        assertThat(stretch.lost()).isZero();
        assertThat(stretch.seconds()).isLessThan(60);
    }

    @Test
    void aPhoneComesBackAfterTheServerHasCutIt() throws InterruptedException {
        connect(Side.ALL);
        carryOut(new Order.Disconnect("f", Side.ALL, 20_000));

        Report.Stretch again = carryOut(new Order.Connect("f", Side.ALL, 100, false, 0, 20_000));

        assertThat(again.counts().connected()).isEqualTo(2 * PAIRS);
        assertThat(again.counts().counts().connecting().getTotalCount()).isEqualTo(2 * PAIRS);
    }

    @Test
    void anOrderForAFleetThatIsNotThereFailsInWords() throws InterruptedException {
        worker.carryOut(new Order.Shut("g"));

        assertThat(reports.getLast()).isEqualTo(new Report.Failed("there is no fleet 'g'; open it first"));
    }
}
