package assent.server.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// One counter for each constant of an enum, looked up in the registry once. Thread-safe; counting
/// allocates nothing.
public final class CountersBy<E extends Enum<E>> {
    private final Map<E, Counter> counters;

    /// @param tag whose values are the constants' names in lower case
    public CountersBy(MeterRegistry registry, String name, String description, String tag, Class<E> type) {
        counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(
                    constant,
                    Counter.builder(name)
                            .description(description)
                            .tag(tag, valueOf(constant))
                            .register(registry));
        }
    }

    /// As a tag's value.
    public static String valueOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public void count(E constant) {
        Counter counter = counters.get(constant);
        if (counter == null) {
            throw new IllegalStateException("every constant has a counter");
        }
        counter.increment();
    }
}
