package assent.server.policy;

import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Whether, where and by which proofs numbers may be activated. Immutable.
///
/// Two states hold in a country: that of the whole gateway and the country's own; the one that lets
/// fewer in wins. So whoever pauses everything need not look at the countries.
///
/// @param state of the whole gateway
/// @param retryAfter what a device is told when activation is closed; empty means that nobody knows
/// @param elsewhere the state in countries that are not named
/// @param countries by country calling code
/// @param methods proof methods on offer, the preferred one first; a country may have its own
/// @param consentLifetime how long an approval may wait for its claim before it is erased
/// @param invitationSeries invitations of other series are good for nothing
public record ActivationPolicy(
        State state,
        Optional<Duration> retryAfter,
        State elsewhere,
        SortedMap<Integer, Country> countries,
        List<ProofMethod> methods,
        Duration consentLifetime,
        int invitationSeries) {
    /// Whom activation is offered to; each lets in fewer than the one before it. All of them are asked
    /// for their approval.
    public enum State {
        /// Everybody.
        OPEN,
        /// Who has an invitation.
        INVITE_ONLY,
        /// Nobody.
        PAUSED;

        State and(State other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /// What holds in one country.
    ///
    /// @param methods instead of the gateway's; empty for the gateway's
    public record Country(State state, List<ProofMethod> methods) {
        public Country {
            methods = List.copyOf(methods);
        }
    }

    public ActivationPolicy {
        countries = Collections.unmodifiableSortedMap(new TreeMap<>(countries));
        methods = List.copyOf(methods);
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("an activation policy offers at least one proof method");
        }
    }

    /// Open to everybody everywhere, by both proofs, as a gateway begins.
    public static ActivationPolicy open() {
        return new ActivationPolicy(
                State.OPEN,
                Optional.empty(),
                State.OPEN,
                new TreeMap<>(),
                List.of(ProofMethod.SMS_CODE, ProofMethod.DEVICE_SMS),
                Duration.ofHours(1),
                1);
    }

    /// The state that holds in a country.
    public State stateIn(int countryCallingCode) {
        var country = countries.get(countryCallingCode);
        return state.and(country == null ? elsewhere : country.state());
    }

    /// Why activation is closed in a country; empty if it is open there.
    ///
    /// @param invited whether the device has a good invitation
    public Optional<Reason> closedIn(int countryCallingCode, boolean invited) {
        return switch (stateIn(countryCallingCode)) {
            case OPEN -> Optional.empty();
            case INVITE_ONLY -> invited ? Optional.empty() : Optional.of(Reason.INVITATION_REQUIRED);
            case PAUSED -> Optional.of(state == State.PAUSED ? Reason.ACTIVATION_PAUSED : Reason.COUNTRY_CLOSED);
        };
    }

    /// The proof methods on offer in a country, the preferred one first.
    public List<ProofMethod> methodsIn(int countryCallingCode) {
        var country = countries.get(countryCallingCode);
        return country == null || country.methods().isEmpty() ? methods : country.methods();
    }
}
