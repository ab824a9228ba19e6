package assent.load.cli;

import assent.load.compare.Rounds;
import assent.load.compare.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What came out of a comparison, for people and for programs. Immutable.
final class CompareTable {
    /// The server that the others are compared with, if it took part.
    private static final String MEASURE = "mosquitto";

    private static final String ROW = "%-10s  %-24s  %-26s  %-22s  %-22s  %s";

    private final Map<String, Rounds> results;

    CompareTable(Map<String, Rounds> results) {
        this.results = results;
    }

    boolean hasFaults() {
        return results.values().stream().anyMatch(rounds -> !rounds.faults().isEmpty());
    }

    private Optional<Spread> ratio(String name, Rounds rounds) {
        return Optional.ofNullable(results.get(MEASURE))
                .filter(_ -> !name.equals(MEASURE))
                .flatMap(rounds::cpuRatioTo);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("medians, in brackets the smallest and the largest of the rounds; latency until a text was with its"
                + " recipient");
        lines.add(String.format(
                Locale.ROOT,
                ROW,
                "server",
                "server CPU, us per text",
                "texts per second",
                "p50, us",
                "p99, us",
                "CPU / " + MEASURE + "'s"));
        results.forEach((name, rounds) -> lines.add(String.format(
                Locale.ROOT,
                ROW,
                name,
                rounds.cpuMicrosPerText().text(1),
                rounds.textsPerSecond().text(0),
                rounds.arrivalMicros(50).text(0),
                rounds.arrivalMicros(99).text(0),
                ratio(name, rounds).map(spread -> spread.text(2)).orElse("-"))));
        results.forEach((name, rounds) -> rounds.faults()
                .forEach(fault -> lines.add(name + ": " + fault + "; from such a run no ratio is made")));
        return lines;
    }

    Map<String, Object> json() {
        var servers = new LinkedHashMap<String, Object>();
        results.forEach((name, rounds) -> {
            var server = new LinkedHashMap<String, Object>();
            server.put("cpuMicrosPerText", rounds.cpuMicrosPerText());
            server.put("textsPerSecond", rounds.textsPerSecond());
            server.put("arrivalMicrosP50", rounds.arrivalMicros(50));
            server.put("arrivalMicrosP99", rounds.arrivalMicros(99));
            server.put(
                    "texts",
                    rounds.measured().stream().mapToLong(r -> r.texts()).sum());
            ratio(name, rounds).ifPresent(spread -> server.put("cpuRatio", spread));
            server.put("faults", rounds.faults());
            servers.put(name, server);
        });
        return Map.of("servers", servers, "comparedWith", MEASURE);
    }
}
