package assent.server.admin.desk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.EnumMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Reads the figures out of the registry; the sum over all tags of each. Thread-safe.
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
            double sum = registry.find(figure.meter()).meters().stream()
                    .mapToDouble(meter -> value(figure, meter))
                    .sum();
            values.put(figure, sum);
        }
        return new Sample(clock.instant(), values);
    }

    private static double value(Figure figure, Meter meter) {
        return switch (meter) {
            case Timer timer -> figure == Figure.COMMITS ? timer.count() : timer.totalTime(TimeUnit.SECONDS);
            case Counter counter -> counter.count();
            case Gauge gauge -> Double.isNaN(gauge.value()) ? 0 : gauge.value();
            default -> 0;
        };
    }
}
