package assent.server.sms.smpp;

import static assent.server.sms.smpp.SmppSettings.SERVICE_NUMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

/// How a doctor sees whether the carrier lets the gateway bind.
class BindTrialTest extends WithAnSmsc {
    @Test
    void aTrialBindsAndLeavesAgain() {
        awaitUp();
        assertThat(BindTrial.of(settings.config())).isEmpty();
        await().atMost(PATIENCE).until(() -> smsc.gatewaysBound() == 1);
    }

    @Test
    void aTrialTakesNoSmsThatIsMeantForAGateway() throws Exception {
        awaitUp();
        carrier.close();
        await().atMost(PATIENCE).until(() -> smsc.gatewaysBound() == 0);
        phone.send(SERVICE_NUMBER, "kept");

        assertThat(BindTrial.of(settings.config())).isEmpty();

        carrier = start(settings.config());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(arrivals).hasSize(1));
    }

    @Test
    void aRefusalSaysWhatTheCarrierSaidAndNotThePassword() {
        assertThat(BindTrial.of(settings.withPassword("wrong").config()).orElse(""))
                .contains("refused to let us bind as 'assent'")
                .doesNotContain("wrong");
    }

    @Test
    void aCarrierThatIsDownIsSaidToBe() {
        smsc.stop();
        assertThat(BindTrial.of(settings.config()).orElse("")).contains("check the carrier's host and port");
    }
}
