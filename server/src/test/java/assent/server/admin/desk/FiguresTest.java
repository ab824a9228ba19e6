package assent.server.admin.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import assent.protocol.Outcome;
import assent.server.support.AnnaAndBen;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the overview shows, read from the registry of a gateway that has had traffic.
class FiguresTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyFigureOfTheOverviewHasItsMeterAndSaysWhatWasDone() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder)) {
            var phones = AnnaAndBen.connected(gateway);
            try (var anna = phones.anna();
                    var ben = phones.ben()) {
                var figures = new Figures(gateway.meters(), Clock.systemUTC());
                Sample before = figures.get();
                anna.text(ben.number, "live");
                ben.acknowledge(ben.delivery().deliveryNumber());
                assertThat(anna.result().outcome()).isEqualTo(Outcome.DELIVERED);

                assertThat(Stream.of(Figure.values())
                                .filter(one -> one.in(gateway.meters()).meters().isEmpty()))
                        .as("figures without a meter")
                        .isEmpty();
                assertThat(Stream.of(Timing.values())
                                .filter(one -> one.in(gateway.meters()).timers().isEmpty()))
                        .as("times without a histogram")
                        .isEmpty();
                Sample now = figures.get();
                assertThat(now.value(Figure.SESSIONS)).isEqualTo(2);
                assertThat(now.value(Figure.DELIVERED) - before.value(Figure.DELIVERED))
                        .isEqualTo(1);
                assertThat(now.value(Figure.QUEUED)).isEqualTo(before.value(Figure.QUEUED));
                assertThat(now.value(Figure.SMS_SENT)).isEqualTo(2);
                assertThat(now.value(Figure.CODES_PROVED)).isEqualTo(2);
                Spread since = now.times(Timing.DELIVERY).since(before.times(Timing.DELIVERY));
                assertThat(since.all()).isEqualTo(1);
                assertThat(since.quantile(0.5).orElseThrow()).isPositive();
                assertThat(now.times(Timing.COMMIT).all()).isPositive();
                assertThat(Conversion.read(gateway.meters())).containsExactly(new Conversion("91", 2, 0, 0, 2, 0));
            }
        }
    }

    private static Spread spread(long all, Object... bounds) {
        var upTo = new TreeMap<Double, Long>();
        for (int i = 0; i < bounds.length; i += 2) {
            upTo.put((Double) bounds[i], ((Integer) bounds[i + 1]).longValue());
        }
        return new Spread(all, upTo);
    }

    @Test
    void aQuantileLiesWhereAsManyTimesAreBelowIt() {
        Spread times = spread(100, 0.001, 50, 0.01, 90, 0.1, 100);

        assertThat(times.quantile(0.5)).contains(0.001);
        assertThat(times.quantile(0.9)).get(DOUBLE).isCloseTo(0.01, within(1e-9));
        assertThat(times.quantile(0.95).orElseThrow()).isBetween(0.05, 0.06);
        assertThat(times.since(times).quantile(0.5)).isEmpty();
        assertThat(times.since(spread(90, 0.001, 50, 0.01, 90, 0.1, 90))
                        .quantile(0.5)
                        .orElseThrow())
                .isBetween(0.05, 0.06);
    }

    @Test
    void whatTookLongerThanTheLastBoundCountsAsTheLastBound() {
        assertThat(spread(10, 0.001, 1, 60.0, 2).quantile(0.99)).contains(60.0);
    }

    @Test
    void oneThatWasSentAndNotProvedHalvesTheConversion() {
        assertThat(new Conversion("91", 2, 0, 0, 1, 0).percent()).contains(50.0);
        assertThat(List.of(new Conversion("91", 0, 0, 0, 0, 4).percent().isPresent()))
                .containsExactly(false);
    }
}
