package assent.server.admin.console;

import assent.server.policy.ActivationPolicy;
import assent.server.policy.ActivationPolicy.Country;
import assent.server.policy.ActivationPolicy.State;
import assent.server.policy.Policy;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Opens or closes activation in one country, or everywhere, and leaves the rest of the policy as it is. Pure
/// functions.
final class CountrySwitch {
    private CountrySwitch() {}

    /// @param code a country calling code, with or without its plus; empty for everywhere
    /// @throws IllegalArgumentException if there is no such code or state; the message is for people
    static Policy set(Policy policy, String code, String state) {
        State next = Stream.of(State.values())
                .filter(one -> one.name().equals(state.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Choose open, invite only or paused."));
        ActivationPolicy old = policy.activation();
        String digits = code.strip().replaceFirst("^\\+", "");
        ActivationPolicy changed = digits.isEmpty()
                ? with(old, next, old.countries())
                : with(old, old.state(), countries(old, country(digits), next));
        return new Policy(
                changed,
                policy.notice(),
                policy.messages(),
                policy.sms(),
                policy.challenge(),
                policy.registrationPin());
    }

    private static int country(String digits) {
        try {
            int code = Integer.parseInt(digits);
            if (PhoneNumberUtil.getInstance().getSupportedCallingCodes().contains(code)) {
                return code;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("There is no such country calling code; expected one such as 91.");
    }

    private static SortedMap<Integer, Country> countries(ActivationPolicy old, int code, State next) {
        var countries = new TreeMap<>(old.countries());
        Country before = countries.getOrDefault(code, new Country(next, List.of()));
        countries.put(code, new Country(next, before.methods()));
        return countries;
    }

    private static ActivationPolicy with(ActivationPolicy old, State state, SortedMap<Integer, Country> countries) {
        return new ActivationPolicy(
                state,
                old.retryAfter(),
                old.elsewhere(),
                countries,
                old.methods(),
                old.consentLifetime(),
                old.invitationSeries());
    }
}
