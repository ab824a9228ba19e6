package assent.load.inside;

import assent.protocol.PhoneNumber;

/// Numbers that nobody has, by their index: `+911` and nine digits. Mobile numbers of India begin with 6 to
/// 9 after the calling code, and [assent.sim.demo.RandomNumbers] makes no others: so none of these is a load
/// test's phone.
final class MadeUpNumbers {
    static final String BEGINNING = "+911";
    static final int COUNT_MAX = 1_000_000_000;

    private MadeUpNumbers() {}

    /// @param index 0 to [#COUNT_MAX] - 1
    static PhoneNumber of(int index) {
        if (index < 0 || index >= COUNT_MAX) {
            throw new IllegalArgumentException("index " + index + " is not within 0 and " + (COUNT_MAX - 1));
        }
        return PhoneNumber.parse(BEGINNING + Integer.toString(COUNT_MAX + index).substring(1));
    }
}
