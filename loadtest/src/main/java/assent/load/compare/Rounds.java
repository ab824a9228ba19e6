package assent.load.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// One server's rounds. Immutable.
///
/// @param warmUp not measured, but what went wrong in it counts
public record Rounds(Round warmUp, List<Round> measured) {
    public Rounds {
        measured = List.copyOf(measured);
    }

    Rounds plus(Round round) {
        var more = new ArrayList<>(measured);
        more.add(round);
        return new Rounds(warmUp, more);
    }

    public Spread cpuMicrosPerText() {
        return of(Round::cpuMicrosPerText);
    }

    public Spread textsPerSecond() {
        return of(Round::textsPerSecond);
    }

    /// Latency until a text was with its recipient's phone.
    public Spread arrivalMicros(double percentile) {
        return of(round -> round.arrival().getValueAtPercentile(percentile));
    }

    private Spread of(ToDoubleFunction<Round> value) {
        return Spread.of(measured.stream().map(value::applyAsDouble).toList());
    }

    public List<String> faults() {
        var faults = new ArrayList<String>(warmUp.faults());
        measured.forEach(round -> faults.addAll(round.faults()));
        return faults;
    }

    /// CPU per text here over CPU per text there, round by round.
    ///
    /// @return nothing if anything was lost or refused on either side
    public Optional<Spread> cpuRatioTo(Rounds other) {
        if (!faults().isEmpty() || !other.faults().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Spread.of(IntStream.range(0, measured.size())
                .mapToObj(i -> measured.get(i).cpuMicrosPerText()
                        / other.measured.get(i).cpuMicrosPerText())
                .toList()));
    }
}
