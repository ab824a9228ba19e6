package assent.server.policy;

import java.math.BigDecimal;

/// An amount in the operator's own currency, to the thousandth. Immutable.
///
/// @param thousandths 0 to [#THOUSANDTHS_MAX]
public record Money(int thousandths) {
    /// A million.
    public static final int THOUSANDTHS_MAX = 1_000_000_000;

    private static final int PLACES = 3;

    public Money {
        if (thousandths < 0 || thousandths > THOUSANDTHS_MAX) {
            throw new IllegalArgumentException("an amount is from 0 to 1000000");
        }
    }

    /// @throws IllegalArgumentException if `text` is no amount such as `0.05` or `1000`
    public static Money parse(String text) {
        if (!text.matches("[0-9]{1,7}(\\.[0-9]{1,3})?")) {
            throw new IllegalArgumentException("not an amount");
        }
        return new Money(new BigDecimal(text).movePointRight(PLACES).intValueExact());
    }

    /// The form that [#parse] reads.
    @Override
    public String toString() {
        return BigDecimal.valueOf(thousandths, PLACES).stripTrailingZeros().toPlainString();
    }
}
