package assent.server.admin.desk;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.util.Optional;

/// A time that the overview shows, and the histogram that it comes from.
public enum Timing {
    /// From a text's arrival until its sender hears that the recipient's device has it.
    DELIVERY("assent.messages.outcome.time", "delivered"),
    COMMIT("assent.commit.time");

    private final String meter;
    private final Optional<String> outcome;

    Timing(String meter) {
        this.meter = meter;
        this.outcome = Optional.empty();
    }

    Timing(String meter, String outcome) {
        this.meter = meter;
        this.outcome = Optional.of(outcome);
    }

    Search in(MeterRegistry registry) {
        Search search = registry.find(meter);
        return outcome.map(one -> search.tag("outcome", one)).orElse(search);
    }
}
