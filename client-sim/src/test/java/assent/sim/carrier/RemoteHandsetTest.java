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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A handset that reaches its carrier over SMPP, as from another process.
@Timeout(60)
class RemoteHandsetTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final PhoneNumber ANNA = PhoneNumber.parse("+919810012345");
    private static final PhoneNumber BO = PhoneNumber.parse("+8613800138000");

    private final CarrierSimulator carrier = start();
    private final RemoteHandset anna = connect(ANNA);

    private static CarrierSimulator start() {
        try {
            return CarrierSimulator.start(new CarrierConfig(0, SYSTEM_ID, PASSWORD, SERVICE_NUMBER));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private RemoteHandset connect(PhoneNumber number) {
        try {
            return RemoteHandset.connect("127.0.0.1", carrier.port(), number);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void isBound() {
        assertThat(anna.isUp()).isTrue();
    }

    @AfterEach
    void stop() {
        anna.close();
        carrier.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"code 042917", "{€}[~]^\\|", "कोड 042917", "验证码 042917", "👍🏽"})
    void aCodeArrivesCharacterForCharacter(String text) throws Exception {
        try (Gateway gateway = Gateway.bind(carrier.port())) {
            gateway.send(ANNA, text);
        }

        assertThat(anna.await(sms -> true, PATIENCE)).contains(new Sms(SERVICE_NUMBER, ANNA.e164(), text));
    }

    @Test
    void itsSmsReachTheGatewayWithItsNumber() throws Exception {
        try (Gateway gateway = Gateway.bind(carrier.port())) {
            anna.send(SERVICE_NUMBER, "ASSENT 7F3K €");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(gateway.received())
                            .containsExactly(new Sms(ANNA.e164(), SERVICE_NUMBER, "ASSENT 7F3K €")));
        }
    }

    @Test
    void itWritesToOtherHandsetsAndTheyToIt() throws Exception {
        Handset bo = carrier.handset(BO);
        List<Sms> heard = new CopyOnWriteArrayList<>();
        anna.listen(heard::add);

        anna.send(BO.e164(), "hello");
        bo.send(ANNA.e164(), "hello yourself");

        assertThat(bo.await(sms -> true, PATIENCE)).contains(new Sms(ANNA.e164(), BO.e164(), "hello"));
        await().atMost(PATIENCE).until(() -> heard.size() == 1);
        assertThat(anna.inbox()).isEqualTo(heard);
    }

    @Test
    void aRefusalAndASilenceAreToldApart() {
        carrier.behave(CarrierBehaviour.good().withRefusal(CarrierBehaviour.SUBMIT_FAILED));
        assertThatThrownBy(() -> anna.send(BO.e164(), "hello"))
                .isInstanceOf(SmsNotSentException.class)
                .hasMessageContaining("refused")
                .hasMessageContaining("0x00000045");

        carrier.behave(CarrierBehaviour.good().withReplies(CarrierBehaviour.Replies.NOT_TO_SMS));
        assertThatThrownBy(() -> anna.send(BO.e164(), "hello"))
                .isInstanceOf(SmsNotSentException.class)
                .hasMessageContaining("may have gone out");
    }

    @Test
    void oneNumberHasOneHandset() {
        assertThatThrownBy(() -> RemoteHandset.connect("127.0.0.1", carrier.port(), ANNA))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("already")
                .hasMessageNotContaining("98100");
        assertThatThrownBy(() -> carrier.handset(ANNA)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aHandsetThatIsSwitchedOffGivesItsNumberBack() throws Exception {
        anna.close();

        await().atMost(PATIENCE).ignoreExceptions().until(() -> carrier.handset(ANNA) != null);
        assertThatThrownBy(() -> anna.send(SERVICE_NUMBER, "hello")).isInstanceOf(SmsNotSentException.class);
    }

    @Test
    void aHandsetFindsItsCarrierAgain() throws Exception {
        carrier.stop();
        await().atMost(PATIENCE).until(() -> !anna.isUp());
        assertThatThrownBy(() -> anna.send(SERVICE_NUMBER, "hello")).hasMessageContaining("down");

        carrier.restart();

        await().atMost(PATIENCE).until(anna::isUp);
        carrier.handset(BO).send(ANNA.e164(), "welcome back");
        assertThat(anna.await(sms -> true, PATIENCE)).isPresent();
    }

    @Test
    void withoutACarrierItSaysWhatToDo() {
        int port = carrier.port();
        carrier.close();

        assertThatThrownBy(() -> RemoteHandset.connect("127.0.0.1", port, BO))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no carrier answers")
                .hasMessageContaining("start it first");
    }
}
