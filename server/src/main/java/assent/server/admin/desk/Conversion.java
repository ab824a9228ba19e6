package assent.server.admin.desk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What became of the SMS to one country since this gateway started. Immutable.
///
/// @param country its calling code, digits alone
/// @param sent those that the carrier took
/// @param refused those that it did not
/// @param unknown those of which it said nothing, or could not be asked
/// @param proved numbers proved by a code that was sent to them
/// @param provedByText numbers proved by a text that they sent; none of the sent ones is for these
public record Conversion(String country, long sent, long refused, long unknown, long proved, long provedByText) {
    private static final String SUBMISSIONS = "assent.sms.submissions";
    private static final String VERIFIED = "assent.sms.verified";

    /// How many of the SMS with codes led to a proved number, in percent; empty if none was sent.
    public Optional<Double> percent() {
        return sent == 0 ? Optional.empty() : Optional.of(100.0 * proved / sent);
    }

    /// Of every country that an SMS went to or came from, those with the most first.
    static List<Conversion> read(MeterRegistry registry) {
        var countries = new TreeMap<String, Conversion>();
        for (String meter : List.of(SUBMISSIONS, VERIFIED)) {
            registry.find(meter).counters().forEach(counter -> {
                String country = String.valueOf(counter.getId().getTag("country"));
                countries.computeIfAbsent(country, code -> of(registry, code));
            });
        }
        var all = new ArrayList<>(countries.values());
        all.sort((one, other) -> Long.compare(other.sent() + other.provedByText(), one.sent() + one.provedByText()));
        return List.copyOf(all);
    }

    private static Conversion of(MeterRegistry registry, String country) {
        return new Conversion(
                country,
                count(registry, SUBMISSIONS, country, "result", "accepted"),
                count(registry, SUBMISSIONS, country, "result", "refused"),
                count(registry, SUBMISSIONS, country, "result", "unconfirmed")
                        + count(registry, SUBMISSIONS, country, "result", "unavailable"),
                count(registry, VERIFIED, country, "method", "sms_code"),
                count(registry, VERIFIED, country, "method", "device_sms"));
    }

    private static long count(MeterRegistry registry, String meter, String country, String tag, String value) {
        return Math.round(registry.find(meter).tag("country", country).tag(tag, value).counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }
}
