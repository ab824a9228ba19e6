package assent.server.export;

import assent.protocol.PhoneNumber;

/// A number as operators see it: country and the last two digits, enough to compare with one that they were told.
public final class MaskedNumber {
    private static final int SHOWN_AT_THE_END = 2;

    private MaskedNumber() {}

    public static String of(PhoneNumber number) {
        String e164 = number.e164();
        String country = "+" + number.callingCode();
        int hidden = e164.length() - country.length() - SHOWN_AT_THE_END;
        return country + " " + "•".repeat(Math.max(0, hidden)) + e164.substring(e164.length() - SHOWN_AT_THE_END);
    }
}
