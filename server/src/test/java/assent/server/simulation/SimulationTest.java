package assent.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every promise is kept in the world of every seed; and the simulation finds what is broken on
/// purpose.
///
/// `ASSENT_SIMULATION_SEEDS` (or the system property `assent.simulation.seeds`) says how many
/// seeds, `ASSENT_SIMULATION_FIRST` which is the first, and `ASSENT_SIMULATION_SEED` runs one
/// alone; its journal goes to `target/simulation`.
@ExtendWith(QuietLog.class)
class SimulationTest {
    /// Each row of the table in `Delivery`'s Javadoc, and what else must not go unvisited.
    private static final List<String> STATES = List.of(
            "acknowledged in PUSHED",
            "acknowledged in STORING",
            "acknowledged in STORED",
            "acknowledged in UNSTORABLE",
            "acknowledged in SETTLED",
            "connection ended in PUSHED",
            "connection ended in STORING",
            "connection ended in STORED",
            "connection ended in UNSTORABLE",
            "crash after the sync",
            "delivered again, not shown again",
            "outcome FALL_BACK",
            "shown although it fell back",
            "goodbye SESSION_TAKEN_OVER",
            "goodbye TOO_SLOW",
            "step failed",
            "step failed for good",
            "refused STORE_UNAVAILABLE",
            "refused TOO_MANY_IN_FLIGHT",
            "unwritable");

    private static final int SPOILT_SEEDS = 40;

    private final Runs runs = new Runs();

    @Test
    void everyPromiseIsKeptInTheWorldOfEverySeed() {
        runs.all(report -> report.broken().ifPresent(broken -> {
            throw runs.explain(report, broken);
        }));

        if (runs.isWholeSuite()) {
            assertThat(runs.counts()).containsKeys(STATES.toArray(String[]::new));
            assertThat(runs.processorTimeOfAThousand()).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void theSameSeedIsTheSameWorld() {
        for (long seed = 1; seed <= 20; seed++) {
            Report first = Simulation.run(seed, false, world -> {});
            Report second = Simulation.run(seed, true, world -> {});

            assertThat(second.journal().digest()).isEqualTo(first.journal().digest());
            assertThat(second.journal().counts()).isEqualTo(first.journal().counts());
            assertThat(second.nanos()).isEqualTo(first.nanos());
        }
        assertThat(LongStream.rangeClosed(1, 20)
                        .map(seed -> Simulation.run(seed, false, world -> {})
                                .journal()
                                .digest()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aDiskThatOnlySaysItHasSyncedLosesTexts() {
        assertThat(brokenBy(world -> world.disk().pretendsToSync()))
                .anyMatch(broken -> broken.contains("QUEUED and was not shown"));
    }

    @Test
    void aPhoneThatForgetsWhatItHasShowsTextsTwice() {
        assertThat(brokenBy(world ->
                        world.phones().forEach(phone -> phone.incoming().forgets())))
                .anyMatch(broken -> broken.endsWith("is shown twice"));
    }

    @Test
    void aPhoneThatAcknowledgesWhatIsNotSafeMakesTheGatewayLie() {
        assertThat(brokenBy(world ->
                        world.phones().forEach(phone -> phone.incoming().acknowledgesAtOnce())))
                .anyMatch(broken -> broken.contains("is not on the phone"));
    }

    private static List<String> brokenBy(Consumer<Simulation> spoil) {
        return LongStream.rangeClosed(1, SPOILT_SEEDS)
                .mapToObj(seed -> Simulation.run(seed, false, spoil).broken())
                .flatMap(Optional::stream)
                .map(Throwable::getMessage)
                .toList();
    }
}
