package assent.sim.carrier;

import assent.protocol.PhoneNumber;
import java.util.Objects;
import java.util.Optional;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;

/// Numbers as people write them, and as SMPP carries them: a type, a plan and digits (SMPP 3.4, 5.2.5
/// and 5.2.6).
final class Addresses {
    private Addresses() {}

    static boolean isInternational(String number) {
        return number.startsWith("+");
    }

    static TypeOfNumber typeOf(String number) {
        return isInternational(number) ? TypeOfNumber.INTERNATIONAL : TypeOfNumber.NETWORK_SPECIFIC;
    }

    static NumberingPlanIndicator planOf(String number) {
        return isInternational(number) ? NumberingPlanIndicator.ISDN : NumberingPlanIndicator.UNKNOWN;
    }

    static String digitsOf(String number) {
        return isInternational(number) ? number.substring(1) : number;
    }

    /// The number as people write it, with a plus if it is international.
    ///
    /// @param digits null, as jsmpp gives an empty field, counts as empty
    static String numberOf(byte type, String digits) {
        String number = Objects.requireNonNullElse(digits, "");
        boolean international = type == TypeOfNumber.INTERNATIONAL.value();
        return international && !isInternational(number) ? "+" + number : number;
    }

    /// The phone number in a handset's `address_range`.
    static Optional<PhoneNumber> phoneNumberOf(String addressRange) {
        String range = Objects.requireNonNullElse(addressRange, "");
        try {
            return Optional.of(PhoneNumber.parse(isInternational(range) ? range : "+" + range));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
