package assent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {
    @ParameterizedTest
    @CsvSource({"+12025550143, 1", "+447700900123, 44", "+8613800138000, 86", "+35312345, 353", "+999999999999999, 0"})
    void aNumberBeginsWithAnAssignedCallingCode(String number, int callingCode) {
        if (callingCode == 0) {
            assertThatThrownBy(() -> PhoneNumber.parse(number)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(PhoneNumber.parse(number).callingCode()).isEqualTo(callingCode);
            assertThat(PhoneNumber.parse(number).e164()).isEqualTo(number);
        }
    }

    @Test
    void aNumberHasSevenToFifteenDigits() {
        assertThat(PhoneNumber.parse("+4477009").e164()).hasSize(8);
        assertThat(PhoneNumber.parse("+447700900123456").e164()).hasSize(16);
        assertRefused("+447700");
        assertRefused("+4477009001234567");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "447700900123",
                "00447700900123",
                "07700900123",
                "+0447700900123",
                "+44 7700 900123",
                "+44-7700-900123",
                " +447700900123",
                "+447700900123 ",
                "+447700900123\n",
                "+44770090012３",
                "＋447700900123",
                "+٤٤٧٧٠٠٩٠٠١٢٣",
                "++47700900123",
                "+44770090012a",
                "tel:+447700900123",
                "+2100000000"
            })
    void everyOtherSpellingIsRefusedAndNotRepeated(String spelling) {
        assertRefused(spelling);
    }

    @Test
    void equalNumbersAreEqual() {
        assertThat(PhoneNumber.parse("+447700900123"))
                .isEqualTo(PhoneNumber.parse("+447700900123"))
                .hasSameHashCodeAs(PhoneNumber.parse("+447700900123"))
                .isNotEqualTo(PhoneNumber.parse("+447700900124"));
    }

    private static void assertRefused(String spelling) {
        assertThatThrownBy(() -> PhoneNumber.parse(spelling))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage("not a phone number: expected E.164, '+' and 7 to 15 digits, a country calling code first");
    }
}
