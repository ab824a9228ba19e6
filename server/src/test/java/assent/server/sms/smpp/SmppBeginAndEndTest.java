package assent.server.sms.smpp;

import static assent.server.sms.smpp.SmppSettings.SERVICE_NUMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import assent.sim.carrier.CarrierBehaviour;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// How the SMPP adapter starts and takes leave.
class SmppBeginAndEndTest extends WithAnSmsc {
    /// What `close` promises.
    private static final Duration CLOSE_MAX = Duration.ofSeconds(4);

    @Test
    void closingIsQuickWhateverThePeerDoes() {
        smsc.behave(CarrierBehaviour.good().withReplies(CarrierBehaviour.Replies.NONE));
        long before = System.nanoTime();
        carrier.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(CLOSE_MAX);

        smsc.stop();
        carrier = start(
                settings.withReconnect(Duration.ofHours(1), Duration.ofHours(1)).config());
        before = System.nanoTime();
        carrier.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(CLOSE_MAX);
    }

    @Test
    void closingUnbinds() {
        carrier.close();

        await().atMost(PATIENCE).until(() -> smsc.gatewaysBound() == 0);
    }

    @Test
    void whatArrivesWhileTheGatewayIsAwayIsDeliveredWhenItBindsAgain() throws Exception {
        carrier.close();
        await().atMost(PATIENCE).until(() -> smsc.gatewaysBound() == 0);
        phone.send(SERVICE_NUMBER, "kept");

        carrier = start(settings.config());

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(arrivals).hasSize(1));
    }

    @Test
    void aCarrierThatWasNeverStartedClosesToo() {
        SmppCarrier idle = new SmppCarrier(settings.config(), sms -> {}, RandomGenerator.getDefault());

        assertThatCode(idle::close).doesNotThrowAnyException();
    }

    @Test
    void theCarrierDoesNotStartWhereItsLibraryWouldLogNumbers() {
        Logger jsmpp = (Logger) LoggerFactory.getLogger("org.jsmpp.DefaultPDUSender");
        SmppCarrier idle = new SmppCarrier(settings.config(), sms -> {}, RandomGenerator.getDefault());
        try {
            jsmpp.setLevel(Level.ERROR);
            assertThatThrownBy(idle::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("org.jsmpp.DefaultPDUSender")
                    .hasMessageContaining("OFF");
        } finally {
            jsmpp.setLevel(null);
        }
    }
}
