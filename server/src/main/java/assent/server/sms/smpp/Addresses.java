package assent.server.sms.smpp;

import assent.protocol.PhoneNumber;
import java.util.Optional;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;

/// Addresses as SMPP has them: a type of number (TON), a numbering plan (NPI) and digits (SMPP 3.4,
/// 5.2.5 and 5.2.6).
final class Addresses {
    private static final String PLUS = "+";

    private Addresses() {}

    /// One of our own addresses. Personal data if it is a phone's: [#toString] hides the digits.
    record Address(TypeOfNumber type, NumberingPlanIndicator plan, String digits) {
        @Override
        public String toString() {
            return "Address[" + type + ", hidden]";
        }
    }

    static Address of(PhoneNumber number) {
        return international(number.e164());
    }

    /// The gateway's own number: a short code belongs to the carrier's network, E.164 to the world.
    static Address ofService(String serviceNumber) {
        return serviceNumber.startsWith(PLUS)
                ? international(serviceNumber)
                : new Address(TypeOfNumber.NETWORK_SPECIFIC, NumberingPlanIndicator.UNKNOWN, serviceNumber);
    }

    private static Address international(String e164) {
        return new Address(TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN, e164.substring(1));
    }

    /// The address as people write it: with a plus if it is international.
    static String textOf(byte type, String digits) {
        boolean international = type == TypeOfNumber.INTERNATIONAL.value();
        return international && !digits.startsWith(PLUS) ? PLUS + digits : digits;
    }

    /// A phone's number. Carriers send an international number with or without its plus. Of any other
    /// type it must bring the plus itself, since nothing tells which country a national number belongs
    /// to.
    static Optional<PhoneNumber> numberOf(byte type, String digits) {
        try {
            return Optional.of(PhoneNumber.parse(textOf(type, digits)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
