package assent.server.sms.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.PhoneNumber;
import assent.server.sms.ArrivedSms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
    private static final byte UNKNOWN = TypeOfNumber.UNKNOWN.value();
    private static final byte INTERNATIONAL = TypeOfNumber.INTERNATIONAL.value();
    private static final byte NATIONAL = TypeOfNumber.NATIONAL.value();

    private final List<ArrivedSms> arrived = new ArrayList<>();
    private final Arrivals arrivals = new Arrivals(arrived::add);

    private static DeliverSm sms() {
        DeliverSm sms = new DeliverSm();
        sms.setSourceAddrTon(INTERNATIONAL);
        sms.setSourceAddr("919810012345");
        sms.setDestAddrTon(TypeOfNumber.NETWORK_SPECIFIC.value());
        sms.setDestAddress("27722");
        sms.setShortMessage("ASSENT 7F3K".getBytes(StandardCharsets.US_ASCII));
        return sms;
    }

    private static DeliverSm from(byte typeOfNumber, String address) {
        DeliverSm sms = sms();
        sms.setSourceAddrTon(typeOfNumber);
        sms.setSourceAddr(address);
        return sms;
    }

    private static DeliverSm saying(int dataCoding, byte[] message) {
        DeliverSm sms = sms();
        sms.setDataCoding((byte) dataCoding);
        sms.setShortMessage(message);
        return sms;
    }

    @ParameterizedTest
    @CsvSource({"1, 919810012345", "1, +919810012345", "0, +919810012345", "2, +919810012345"})
    void aSenderWithOrWithoutItsPlusIsThePhone(byte typeOfNumber, String address) throws Exception {
        arrivals.onAcceptDeliverSm(from(typeOfNumber, address));

        assertThat(arrived).containsExactly(new ArrivedSms(PhoneNumber.parse("+919810012345"), "27722", "ASSENT 7F3K"));
        assertThat(arrivals.counts()).isEqualTo(new ArrivalCounts(1, 0, 0));
    }

    @Test
    void aSenderThatIsNoPhoneNumberIsDroppedAndCounted() throws Exception {
        arrivals.onAcceptDeliverSm(from(UNKNOWN, "919810012345"));
        arrivals.onAcceptDeliverSm(from(NATIONAL, "09810012345"));
        arrivals.onAcceptDeliverSm(from(INTERNATIONAL, "0"));
        arrivals.onAcceptDeliverSm(from(INTERNATIONAL, "91981001234567890"));
        arrivals.onAcceptDeliverSm(from(TypeOfNumber.ALPHANUMERIC.value(), "BANK"));
        DeliverSm nobody = sms();
        nobody.setSourceAddr(null);
        arrivals.onAcceptDeliverSm(nobody);

        assertThat(arrived).isEmpty();
        assertThat(arrivals.counts()).isEqualTo(new ArrivalCounts(0, 6, 0));
    }

    @Test
    void anSmsToAServiceNumberInE164SaysSoWithAPlus() throws Exception {
        DeliverSm sms = sms();
        sms.setDestAddrTon(INTERNATIONAL);
        sms.setDestAddress("4915112345678");

        arrivals.onAcceptDeliverSm(sms);

        assertThat(arrived).extracting(ArrivedSms::to).containsExactly("+4915112345678");
    }

    @Test
    void theUsualAlphabetsAreRead() throws Exception {
        arrivals.onAcceptDeliverSm(saying(0, new byte[] {0x00, 0x1b, 0x65}));
        arrivals.onAcceptDeliverSm(saying(1, "@code".getBytes(StandardCharsets.US_ASCII)));
        arrivals.onAcceptDeliverSm(saying(3, "é".getBytes(StandardCharsets.ISO_8859_1)));
        arrivals.onAcceptDeliverSm(saying(8, "कोड".getBytes(StandardCharsets.UTF_16BE)));

        assertThat(arrived).extracting(ArrivedSms::text).containsExactly("@€", "@code", "é", "कोड");
    }

    @Test
    void aTextInAnUnknownAlphabetOrBrokenIsDroppedAndCounted() throws Exception {
        arrivals.onAcceptDeliverSm(saying(4, new byte[] {1}));
        arrivals.onAcceptDeliverSm(saying(8, new byte[] {0x09}));
        arrivals.onAcceptDeliverSm(saying(8, new byte[] {(byte) 0xd8, 0x3d}));
        arrivals.onAcceptDeliverSm(saying(0, new byte[] {(byte) 0xff}));

        assertThat(arrived).isEmpty();
        assertThat(arrivals.counts()).isEqualTo(new ArrivalCounts(0, 4, 0));
    }

    @Test
    void whatIsLongerThanOneSmsIsRefused() throws Exception {
        DeliverSm part = sms();
        part.setEsmClass((byte) 0x40);
        DeliverSm payload = sms();
        payload.setOptionalParameters(new OptionalParameter.Message_payload(new byte[500]));

        for (DeliverSm sms : List.of(saying(0, new byte[161]), saying(8, new byte[142]), part, payload)) {
            assertThatThrownBy(() -> arrivals.onAcceptDeliverSm(sms))
                    .isInstanceOfSatisfying(
                            ProcessRequestException.class,
                            refusal -> assertThat(refusal.getErrorCode()).isEqualTo(SMPPConstant.STAT_ESME_RINVMSGLEN));
        }
        arrivals.onAcceptDeliverSm(saying(0, new byte[160]));

        assertThat(arrived).hasSize(1);
        assertThat(arrivals.counts()).isEqualTo(new ArrivalCounts(1, 0, 4));
    }

    @ParameterizedTest
    @ValueSource(bytes = {0x04, 0x08, 0x20})
    void aDeliveryReceiptIsNoSms(byte esmClass) throws Exception {
        DeliverSm receipt = sms();
        receipt.setEsmClass(esmClass);

        arrivals.onAcceptDeliverSm(receipt);

        assertThat(arrived).isEmpty();
        assertThat(arrivals.counts()).isEqualTo(new ArrivalCounts(0, 0, 0));
    }

    @Test
    void anSmsThatTheListenerFailsOnIsAskedForAgainWithoutItsContent() {
        Arrivals failing = new Arrivals(sms -> {
            throw new IllegalStateException(sms.text());
        });

        assertThatThrownBy(() -> failing.onAcceptDeliverSm(sms()))
                .isInstanceOfSatisfying(ProcessRequestException.class, refusal -> {
                    assertThat(refusal.getErrorCode()).isEqualTo(SMPPConstant.STAT_ESME_RX_T_APPN);
                    assertThat(refusal).hasMessageNotContaining("7F3K").hasNoCause();
                });
        assertThat(failing.counts()).isEqualTo(new ArrivalCounts(0, 0, 0));
    }
}
