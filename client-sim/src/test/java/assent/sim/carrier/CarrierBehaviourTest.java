package assent.sim.carrier;

import static assent.sim.carrier.Gateway.PASSWORD;
import static assent.sim.carrier.Gateway.SERVICE_NUMBER;
import static assent.sim.carrier.Gateway.SYSTEM_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.jsmpp.extra.NegativeResponseException;
import org.junit.jupiter.api.Test;

/// A carrier that is slow, lossy, refusing or full.
class CarrierBehaviourTest extends WithACarrier {
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
}
