package assent.protocol;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Objects;

/// A phone number in E.164 form: `+`, country calling code, subscriber number; 7 to 15 digits
/// (ITU-T E.164, clause 6).
///
/// Personal data: [#toString] hides it. Immutable.
public final class PhoneNumber {
    private static final int DIGITS_MIN = 7;
    private static final int DIGITS_MAX = 15;

    private final String e164;

    private PhoneNumber(String e164) {
        this.e164 = e164;
    }

    /// @throws IllegalArgumentException if `e164` is not `+` and 7 to 15 ASCII digits with an
    ///     assigned country calling code first; the message does not repeat the value
    public static PhoneNumber parse(String e164) {
        if (!isWellFormed(e164) || callingCodeOf(e164) == 0) {
            throw new IllegalArgumentException(
                    "not a phone number: expected E.164, '+' and 7 to 15 digits, a country calling code first");
        }
        return new PhoneNumber(e164);
    }

    private static boolean isWellFormed(String e164) {
        int digits = e164.length() - 1;
        if (digits < DIGITS_MIN || digits > DIGITS_MAX || e164.charAt(0) != '+' || e164.charAt(1) == '0') {
            return false;
        }
        for (int i = 1; i < e164.length(); i++) {
            if (e164.charAt(i) < '0' || e164.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /// Calling codes are prefix-free and have one to three digits (ITU-T E.164, annex D).
    private static int callingCodeOf(String e164) {
        int code = 0;
        for (int i = 1; i <= 3; i++) {
            code = code * 10 + (e164.charAt(i) - '0');
            if (CallingCodes.isKnown(code)) {
                return code;
            }
        }
        return 0;
    }

    /// The number itself, with its leading plus. Never pass it to a log, a metric or an exception.
    public String e164() {
        return e164;
    }

    /// The country calling code, e.g. 91.
    public int callingCode() {
        return callingCodeOf(e164);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PhoneNumber that && e164.equals(that.e164);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(e164);
    }

    @Override
    public String toString() {
        return "PhoneNumber[hidden]";
    }

    /// Loaded on first use: the metadata table behind it takes a few milliseconds to read.
    private static final class CallingCodes {
        /// By the code; looked into for each text.
        private static final boolean[] KNOWN = known();

        private CallingCodes() {}

        private static boolean[] known() {
            var known = new boolean[1_000];
            for (int code : PhoneNumberUtil.getInstance().getSupportedCallingCodes()) {
                known[code] = true;
            }
            return known;
        }

        static boolean isKnown(int code) {
            return KNOWN[code];
        }
    }
}
