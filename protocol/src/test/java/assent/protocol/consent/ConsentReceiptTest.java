package assent.protocol.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.Bytes;
import assent.protocol.Samples;
import org.junit.jupiter.api.Test;

class ConsentReceiptTest {
    @Test
    void theLocaleAloneIsWhatTheWholeReceiptSays() {
        ConsentReceipt receipt = Samples.receipt();

        assertThat(ConsentReceipt.localeOf(receipt.canonical())).isEqualTo(receipt.locale());
    }

    @Test
    void aLocaleWithinAnotherLineIsNone() {
        assertThatThrownBy(() -> ConsentReceipt.localeOf(Bytes.utf8("assent\ncontroller: locale: en\n")))
                .isInstanceOf(MalformedDocument.class);
        assertThatThrownBy(() -> ConsentReceipt.localeOf(Bytes.utf8("assent\nlocale: en")))
                .isInstanceOf(MalformedDocument.class);
    }
}
