package assent.sim.carrier;

import static assent.sim.carrier.Gateway.PASSWORD;
import static assent.sim.carrier.Gateway.SERVICE_NUMBER;
import static assent.sim.carrier.Gateway.SYSTEM_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BindType;
import org.jsmpp.extra.NegativeResponseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Handsets in the carrier's process, and a gateway that binds over SMPP.
@Timeout(60)
class CarrierSimulatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final PhoneNumber ANNA = PhoneNumber.parse("+919810012345");
    private static final PhoneNumber BO = PhoneNumber.parse("+8613800138000");

    private final CarrierSimulator carrier = start(new CarrierConfig(0, SYSTEM_ID, PASSWORD, SERVICE_NUMBER));
    private final Handset anna = carrier.handset(ANNA);

    private static CarrierSimulator start(CarrierConfig config) {
        try {
            return CarrierSimulator.start(config);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        carrier.close();
    }

    private static List<String> texts(List<Sms> messages) {
        return messages.stream().map(Sms::text).toList();
    }

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
    void lossLosesTheSameSmsForTheSameSeed() throws Exception {
        assertThat(lostOfHundred(7)).isEqualTo(lostOfHundred(7)).isNotEqualTo(lostOfHundred(8));
        assertThat(carrier.counts().lost()).isBetween(60L, 240L);
        assertThat(carrier.counts().lost() + carrier.counts().delivered()).isEqualTo(300);
    }

    /// The texts that arrive when half of them are lost.
    private List<String> lostOfHundred(long seed) throws Exception {
        carrier.behave(CarrierBehaviour.good().withLoss(0.5, seed));
        try (Handset bo = carrier.handset(BO)) {
            for (int i = 0; i < 100; i++) {
                anna.send(BO.e164(), "text " + i);
            }
            return texts(bo.inbox());
        }
    }

    @Test
    void aRefusalSaysWhyAndDeliversNothing() throws Exception {
        carrier.behave(CarrierBehaviour.good().withRefusal(CarrierBehaviour.THROTTLED));
        Handset bo = carrier.handset(BO);

        try (Gateway gateway = Gateway.bind(carrier.port())) {
            assertThatThrownBy(() -> gateway.send(ANNA, "code"))
                    .isInstanceOfSatisfying(
                            NegativeResponseException.class,
                            refusal -> assertThat(refusal.getCommandStatus()).isEqualTo(0x58));
        }
        assertThatThrownBy(() -> bo.send(ANNA.e164(), "hello"))
                .isInstanceOf(SmsNotSentException.class)
                .hasMessageContaining("0x00000058");
        assertThat(anna.inbox()).isEmpty();
        assertThat(carrier.counts().refused()).isEqualTo(2);
    }

    @Test
    void aDelayHoldsSmsBackInOrder() throws Exception {
        carrier.behave(CarrierBehaviour.good().withDelay(Duration.ofMillis(200)));
        Handset bo = carrier.handset(BO);
        long before = System.nanoTime();

        anna.send(BO.e164(), "first");
        anna.send(BO.e164(), "second");

        assertThat(bo.await(sms -> sms.text().equals("second"), PATIENCE)).isPresent();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(texts(bo.inbox())).containsExactly("first", "second");
    }

    @Test
    void duplicatesArriveTwice() throws Exception {
        carrier.behave(CarrierBehaviour.good().withDuplicates());
        Handset bo = carrier.handset(BO);

        anna.send(BO.e164(), "hello");

        assertThat(texts(bo.inbox())).containsExactly("hello", "hello");
    }

    @Test
    void aFullInboxLosesItsOldest() throws Exception {
        try (CarrierSimulator small = start(new CarrierConfig(0, SYSTEM_ID, PASSWORD, SERVICE_NUMBER, 1, 3, 10))) {
            Handset from = small.handset(ANNA);
            Handset to = small.handset(BO);

            for (int i = 1; i <= 5; i++) {
                from.send(BO.e164(), "text " + i);
            }

            assertThat(texts(to.inbox())).containsExactly("text 3", "text 4", "text 5");
            assertThat(small.counts().overflowed()).isEqualTo(2);
        }
    }

    @Test
    void beyondTheInFlightLimitSmsAreRefusedUntilSomeAreDelivered() throws Exception {
        try (CarrierSimulator small = start(new CarrierConfig(0, SYSTEM_ID, PASSWORD, SERVICE_NUMBER, 1, 3, 2))) {
            Handset from = small.handset(ANNA);
            from.send(SERVICE_NUMBER, "waits for the gateway");
            from.send(SERVICE_NUMBER, "waits as well");

            assertThatThrownBy(() -> from.send(SERVICE_NUMBER, "one too many")).hasMessageContaining("0x00000014");

            try (Gateway gateway = Gateway.bind(small.port())) {
                await().atMost(PATIENCE).until(() -> gateway.received().size() == 2);
                await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                    from.send(SERVICE_NUMBER, "now");
                    return true;
                });
            }
        }
    }

    @Test
    void moreBindsThanAllowedAreCutOff() throws Exception {
        try (CarrierSimulator small = start(new CarrierConfig(0, SYSTEM_ID, PASSWORD, SERVICE_NUMBER, 1, 3, 10));
                Gateway first = Gateway.bind(small.port())) {
            assertThatThrownBy(() -> Gateway.bind(small.port())).isInstanceOf(IOException.class);

            assertThat(first.isBound()).isTrue();
            assertThat(small.counts().bindsRefused()).isEqualTo(1);
        }
    }

    @Test
    void whoeverMayNotBindIsToldWhy() {
        assertRefused(SYSTEM_ID, "wrong", BindType.BIND_TRX, null, SMPPConstant.STAT_ESME_RINVPASWD);
        assertRefused(SYSTEM_ID, null, BindType.BIND_TRX, null, SMPPConstant.STAT_ESME_RINVPASWD);
        assertRefused("stranger", PASSWORD, BindType.BIND_TRX, null, SMPPConstant.STAT_ESME_RINVSYSID);
        assertRefused(SYSTEM_ID, PASSWORD, BindType.BIND_TX, null, SMPPConstant.STAT_ESME_RBINDFAIL);
        assertRefused("handset", null, BindType.BIND_TRX, null, SMPPConstant.STAT_ESME_RBINDFAIL);
        assertRefused("handset", null, BindType.BIND_TRX, "0123", SMPPConstant.STAT_ESME_RBINDFAIL);
        assertRefused("handset", null, BindType.BIND_TRX, ANNA.e164(), SMPPConstant.STAT_ESME_RALYBND);
        assertThat(carrier.counts().bindsRefused()).isEqualTo(7);
    }

    private void assertRefused(
            String systemId, @Nullable String password, BindType type, @Nullable String range, int status) {
        assertThatThrownBy(() -> Gateway.bind(carrier.port(), systemId, password, type, range))
                .cause()
                .isInstanceOfSatisfying(
                        NegativeResponseException.class,
                        refusal -> assertThat(refusal.getCommandStatus()).isEqualTo(status));
    }

    @Test
    void aGatewayCannotSendFromANumberThatIsNotItsOwn() throws Exception {
        try (Gateway gateway = Gateway.bind(carrier.port())) {
            assertThatThrownBy(() -> gateway.sendFrom("12345", ANNA, "spoofed"))
                    .isInstanceOfSatisfying(
                            NegativeResponseException.class,
                            refusal -> assertThat(refusal.getCommandStatus())
                                    .isEqualTo(SMPPConstant.STAT_ESME_RINVSRCADR));
        }
        assertThat(anna.inbox()).isEmpty();
    }

    @Test
    void aTextThatDoesNotFitIntoOneSmsIsNotSent() {
        assertThatThrownBy(() -> anna.send(BO.e164(), "x".repeat(161))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> anna.send(BO.e164(), "码".repeat(71))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCarrierComesBackOnTheSamePortWithItsHandsets() throws Exception {
        Gateway before = Gateway.bind(carrier.port());
        int port = carrier.port();

        carrier.stop();
        await().atMost(PATIENCE).until(() -> !before.isBound());
        assertThatThrownBy(() -> anna.send(SERVICE_NUMBER, "hello")).hasMessageContaining("down");
        assertThatThrownBy(() -> Gateway.bind(port)).isInstanceOf(IOException.class);

        carrier.restart();
        assertThat(carrier.port()).isEqualTo(port);
        try (Gateway after = Gateway.bind(port)) {
            after.send(ANNA, "again");
        }
        assertThat(anna.await(sms -> true, PATIENCE)).isPresent();
    }

    @Test
    void aPortThatIsTakenIsSaidInWords() {
        assertThatThrownBy(() ->
                        CarrierSimulator.start(new CarrierConfig(carrier.port(), SYSTEM_ID, PASSWORD, SERVICE_NUMBER)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.toString(carrier.port()))
                .hasMessageContaining("Choose another port");
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
