package assent.sim.demo;

import assent.protocol.PhoneNumber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What an unattended demo has shown. Immutable, if its parts are left alone.
///
/// @param count texts that were asked for
/// @param latenciesMicros of texts during whose whole way the receiver was connected
/// @param receipts that came for queued texts
/// @param found of the phones' numbers and some texts in the gateway's files
record DemoResult(
        List<PhoneNumber> activated,
        long count,
        Tally tally,
        Histogram latenciesMicros,
        long receipts,
        int restarts,
        Search.Found found,
        Duration took,
        Optional<Path> dataFolder) {
    private static final int PHONES_MIN = 2;
    private static final double MEDIAN = 50;
    private static final double NEARLY_ALL = 99;

    /// Whether everything arrived exactly once, byte for byte, in order, and nothing was found.
    boolean isGood() {
        return activated.size() >= PHONES_MIN
                && tally.isPerfect(count)
                && found.hits().isEmpty();
    }

    /// Null if no text was measured, as when all of them waited.
    private @Nullable Double millis(double percentile) {
        return latenciesMicros.getTotalCount() == 0
                ? null
                : Double.valueOf(latenciesMicros.getValueAtPercentile(percentile) / 1_000.0);
    }

    private String inWords(double percentile) {
        Double millis = millis(percentile);
        return millis == null ? "-" : String.format(Locale.ROOT, "%.1f ms", millis);
    }

    /// One line.
    String json() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("activated", activated.size());
        line.put("numbers", activated.stream().map(PhoneNumber::e164).toList());
        line.put("sent", tally.sent);
        line.put("delivered", tally.delivered);
        line.put("byteExact", tally.byteExact);
        line.put("duplicates", tally.duplicates);
        line.put("outOfOrder", tally.outOfOrder);
        line.put("shownInOrder", tally.outOfOrder == 0);
        line.put("p50Millis", millis(MEDIAN));
        line.put("p99Millis", millis(NEARLY_ALL));
        line.put("outcomes", outcomes());
        line.put("receipts", receipts);
        line.put("restarts", restarts);
        line.put("foundInFiles", found.hits().size());
        line.put("bytesSearched", found.bytes());
        line.put("seconds", took.toMillis() / 1_000.0);
        line.put("good", isGood());
        dataFolder.ifPresent(folder -> line.put("dataFolder", folder.toString()));
        return JsonMapper.shared().writeValueAsString(line);
    }

    private Map<String, Object> outcomes() {
        Map<String, Object> outcomes = new LinkedHashMap<>();
        outcomes.put("delivered", tally.outcomeDelivered);
        outcomes.put("queued", tally.outcomeQueued);
        outcomes.put("fallBack", tally.outcomeFallBack);
        outcomes.put(
                "refused",
                tally.refused.values().stream().mapToLong(Long::longValue).sum());
        outcomes.put("none", tally.outcomeNone);
        if (!tally.refused.isEmpty()) {
            outcomes.put("refusedFor", tally.refused);
        }
        return outcomes;
    }

    /// For people.
    List<String> lines() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%,d of %,d texts delivered, %,d byte for byte, %,d duplicates, %,d out of order",
                        tally.delivered,
                        count,
                        tally.byteExact,
                        tally.duplicates,
                        tally.outOfOrder),
                String.format(
                        Locale.ROOT,
                        "%,d texts waited in the mailbox; from send to shown %s (p50), %s (p99); %.1f s in all",
                        tally.outcomeQueued,
                        inWords(MEDIAN),
                        inWords(NEARLY_ALL),
                        took.toMillis() / 1_000.0),
                String.format(
                        Locale.ROOT,
                        "numbers and texts found in %,d bytes of the gateway's store and log: %s",
                        found.bytes(),
                        found.hits().isEmpty() ? "none" : String.join(", ", found.hits())),
                isGood() ? "Good: everything arrived exactly once, in order." : "NOT good: see the counts above.");
    }
}
