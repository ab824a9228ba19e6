package assent.server.admin.desk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.EnumMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Reads the figures out of the registry. Thread-safe.
public final class Figures implements Supplier<Sample> {
    private final MeterRegistry registry;
    private final Clock clock;

    public Figures(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public Sample get() {
        var values = new EnumMap<Figure, Double>(Figure.class);
        for (Figure figure : Figure.values()) {
            double sum = figure.in(registry).meters().stream()
                    .mapToDouble(Figures::value)
                    .sum();
            values.put(figure, sum);
        }
        var times = new EnumMap<Timing, Spread>(Timing.class);
        for (Timing timing : Timing.values()) {
            times.put(
                    timing,
                    timing.in(registry).timers().stream().map(Figures::spread).reduce(Spread.NONE, Spread::plus));
        }
        return new Sample(clock.instant(), values, times);
    }

    private static double value(Meter meter) {
        return switch (meter) {
            case Counter counter -> counter.count();
            case Gauge gauge -> Double.isNaN(gauge.value()) ? 0 : gauge.value();
            default -> 0;
        };
    }

    private static Spread spread(Timer timer) {
        var snapshot = timer.takeSnapshot();
        var upTo = new TreeMap<Double, Long>();
        for (var bucket : snapshot.histogramCounts()) {
            upTo.put(bucket.bucket(TimeUnit.SECONDS), Math.round(bucket.count()));
        }
        return new Spread(snapshot.count(), upTo);
    }
}
