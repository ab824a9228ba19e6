package assent.server.policy;

import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether, where and by which proofs numbers may be activated. Immutable.
///
/// @param countries country calling codes in which activation is offered; empty means all
/// @param methods proof methods on offer, the preferred one first
/// @param retryAfter what a device is told when activation is closed; empty means that nobody knows
public record ActivationPolicy(
        State state, Set<Integer> countries, List<ProofMethod> methods, Optional<Duration> retryAfter) {
    /// Whether activation is offered at all.
    public enum State {
        OPEN,
        PAUSED
    }

    public ActivationPolicy {
        countries = Set.copyOf(countries);
        methods = List.copyOf(methods);
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("an activation policy offers at least one proof method");
        }
    }

    /// Why activation is closed in a country; empty if it is open there.
    public Optional<Reason> closedIn(int countryCallingCode) {
        if (state == State.PAUSED) {
            return Optional.of(Reason.ACTIVATION_PAUSED);
        }
        return countries.isEmpty() || countries.contains(countryCallingCode)
                ? Optional.empty()
                : Optional.of(Reason.COUNTRY_CLOSED);
    }
}
