package assent.server.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many SMS with codes are sent, and what they may cost. Immutable.
///
/// @param perNumber to one number; never more than the notice on show promises
/// @param perPrefix to all numbers that differ in their last digits alone: who is paid for SMS that
///     arrive owns such a block
/// @param prefixLeavesOut how many last digits
/// @param perAddress asked for from one network address, by each gateway
/// @param perDayMax in a day, to anybody
/// @param spend what they may cost
public record SmsPolicy(
        Rate perNumber, Rate perPrefix, int prefixLeavesOut, Rate perAddress, int perDayMax, Spend spend) {
    /// So many within a time that begins with the first of them.
    public record Rate(int max, Duration within) {}

    /// @param perDayMax in a day; nothing is sent once the next SMS would cost more
    /// @param price of an SMS to a country that is not named
    /// @param prices by country calling code
    public record Spend(Money perDayMax, Money price, SortedMap<Integer, Money> prices) {
        public Spend {
            prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
        }

        public Money priceIn(int countryCallingCode) {
            return prices.getOrDefault(countryCallingCode, price);
        }
    }

    public static SmsPolicy defaults() {
        return new SmsPolicy(
                new Rate(3, Duration.ofHours(1)),
                new Rate(100, Duration.ofHours(1)),
                3,
                new Rate(300, Duration.ofHours(1)),
                20_000,
                new Spend(Money.parse("1000"), Money.parse("0.05"), new TreeMap<>()));
    }
}
