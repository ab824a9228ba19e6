package assent.load.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// One contestant's rounds. Immutable.
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

    public Spread of(ToDoubleFunction<Round> value) {
        return Spread.of(measured.stream().map(value::applyAsDouble).toList());
    }

    public List<String> faults() {
        var faults = new ArrayList<String>(warmUp.faults());
        measured.forEach(round -> faults.addAll(round.faults()));
        return faults;
    }

    /// A value here over the same value there, round by round.
    ///
    /// @return nothing if anything was lost or refused on either side
    public Optional<Spread> ratioTo(Rounds other, ToDoubleFunction<Round> value) {
        if (!faults().isEmpty() || !other.faults().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Spread.of(IntStream.range(0, measured.size())
                .mapToObj(i -> value.applyAsDouble(measured.get(i)) / value.applyAsDouble(other.measured.get(i)))
                .toList()));
    }
}
