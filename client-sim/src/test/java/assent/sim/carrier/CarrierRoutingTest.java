package assent.sim.carrier;

import static assent.sim.carrier.Gateway.PASSWORD;
import static assent.sim.carrier.Gateway.SERVICE_NUMBER;
import static assent.sim.carrier.Gateway.SYSTEM_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets which SMS.
class CarrierRoutingTest extends WithACarrier {
    @ParameterizedTest
    @ValueSource(strings = {"code 042917", "{€}[~]^\\|", "कोड 042917", "验证码 042917", "👍🏽"})
    void anSmsFromTheGatewayArrivesCharacterForCharacter(String text) throws Exception {
        try (Gateway gateway = Gateway.bind(carrier.port())) {
            gateway.send(ANNA, text);
        }

        assertThat(anna.await(sms -> true, PATIENCE)).contains(new Sms(SERVICE_NUMBER, ANNA.e164(), text));
        assertThat(carrier.counts().delivered()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ASSENT 7F3K", "{€}", "कोड"})
    void anSmsToTheServiceNumberReachesTheGateway(String text) throws Exception {
        try (Gateway gateway = Gateway.bind(carrier.port())) {
            anna.send(SERVICE_NUMBER, text);

            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(gateway.received()).containsExactly(new Sms(ANNA.e164(), SERVICE_NUMBER, text)));
        }
    }

    @Test
    void handsetsCanWriteToEachOther() throws Exception {
        Handset bo = carrier.handset(BO);

        anna.send(BO.e164(), "hello");

        assertThat(bo.await(sms -> true, PATIENCE)).contains(new Sms(ANNA.e164(), BO.e164(), "hello"));
        assertThat(anna.inbox()).isEmpty();
    }

    @Test
    void aListenerHearsWhatArrivesFromThenOn() throws Exception {
        Handset bo = carrier.handset(BO);
        List<Sms> heard = new CopyOnWriteArrayList<>();
        anna.send(BO.e164(), "before");
        bo.listen(heard::add);
        anna.send(BO.e164(), "after");

        assertThat(texts(heard)).containsExactly("after");
        assertThat(texts(bo.inbox())).containsExactly("before", "after");
    }

    @Test
    void anSmsToANumberThatNobodyHasIsAcceptedDroppedAndCounted() throws Exception {
        anna.send(BO.e164(), "hello");

        assertThat(carrier.counts().accepted()).isEqualTo(1);
        assertThat(carrier.counts().unroutable()).isEqualTo(1);
        assertThat(carrier.handset(BO).inbox()).isEmpty();
    }

    @Test
    void aNumberHasOneHandsetAtATime() {
        assertThatThrownBy(() -> carrier.handset(ANNA))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("98100");

        anna.close();
        carrier.handset(ANNA);
    }

    @Test
    void aTextThatDoesNotFitIntoOneSmsIsNotSent() {
        assertThatThrownBy(() -> anna.send(BO.e164(), "x".repeat(161))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> anna.send(BO.e164(), "码".repeat(71))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everySeptetOfTheGsmAlphabetIsReadAndWritten() {
        for (int septet : IntStream.range(0, 128).filter(s -> s != 0x1b).toArray()) {
            String text =
                    SmsCoding.decode(SmsCoding.GSM7, new byte[] {(byte) septet}).orElseThrow();
            assertThat(SmsCoding.encode(text).bytes()).containsExactly(septet);
        }
    }

    @Test
    void numbersTextsAndPasswordsDoNotPrint() {
        assertThat(new Sms("+919810012345", "27722", "042917").toString()).isEqualTo("Sms[hidden]");
        assertThat(new CarrierConfig(0, SYSTEM_ID, PASSWORD, SERVICE_NUMBER).toString())
                .doesNotContain(PASSWORD);
    }
}
