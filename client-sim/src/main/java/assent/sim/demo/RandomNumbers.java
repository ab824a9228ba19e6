package assent.sim.demo;

import assent.protocol.PhoneNumber;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Mobile numbers as India and Brazil give them out, freshly made. Nobody is called: the carrier is
/// simulated.
///
/// Both have national numbers of at least ten digits, so that a search for them in any spelling does
/// not find them by chance.
public final class RandomNumbers {
    private static final List<String> BRAZILIAN_AREAS = List.of("11", "21", "31", "41", "51", "61", "71", "81", "91");

    private final RandomGenerator random;

    public RandomNumbers(RandomGenerator random) {
        this.random = random;
    }

    /// A valid number.
    public PhoneNumber next() {
        while (true) {
            String number = random.nextBoolean() ? indian() : brazilian();
            if (isValid(number)) {
                return PhoneNumber.parse(number);
            }
        }
    }

    private String indian() {
        return "+91" + random.nextInt(6, 10) + digits(9);
    }

    private String brazilian() {
        return "+55" + BRAZILIAN_AREAS.get(random.nextInt(BRAZILIAN_AREAS.size())) + "9" + digits(8);
    }

    private String digits(int count) {
        return String.format(Locale.ROOT, "%0" + count + "d", random.nextLong((long) Math.pow(10, count)));
    }

    private static boolean isValid(String number) {
        try {
            PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
            return numbers.isValidNumber(numbers.parse(number, "ZZ"));
        } catch (NumberParseException e) {
            return false;
        }
    }
}
