package assent.sim.carrier;

import static assent.sim.carrier.Gateway.PASSWORD;
import static assent.sim.carrier.Gateway.SERVICE_NUMBER;
import static assent.sim.carrier.Gateway.SYSTEM_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BindType;
import org.jsmpp.extra.NegativeResponseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who may bind, and what happens when the carrier goes down and comes up.
class CarrierBindTest extends WithACarrier {
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
        assertRefused(SYSTEM_ID, PASSWORD, BindType.BIND_RX, null, SMPPConstant.STAT_ESME_RBINDFAIL);
        assertRefused(SYSTEM_ID, "wrong", BindType.BIND_TX, null, SMPPConstant.STAT_ESME_RINVPASWD);
        assertRefused("handset", null, BindType.BIND_TX, ANNA.e164(), SMPPConstant.STAT_ESME_RBINDFAIL);
        assertRefused("handset", null, BindType.BIND_TRX, null, SMPPConstant.STAT_ESME_RBINDFAIL);
        assertRefused("handset", null, BindType.BIND_TRX, "0123", SMPPConstant.STAT_ESME_RBINDFAIL);
        assertRefused("handset", null, BindType.BIND_TRX, ANNA.e164(), SMPPConstant.STAT_ESME_RALYBND);
        assertThat(carrier.counts().bindsRefused()).isEqualTo(9);
    }

    @Test
    void aTransmitterIsLetInAndTakesNoSmsFromTheGatewayThatReceives() throws Exception {
        try (Gateway receiver = Gateway.bind(carrier.port());
                Gateway transmitter = Gateway.bind(carrier.port(), SYSTEM_ID, PASSWORD, BindType.BIND_TX, null)) {
            anna.send(SERVICE_NUMBER, "for the gateway that receives");

            await().atMost(PATIENCE)
                    .until(() -> texts(receiver.received()), List.of("for the gateway that receives")::equals);
            assertThat(transmitter.isBound()).isTrue();
            assertThat(transmitter.received()).isEmpty();
        }
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
}
