package assent.server.sms.smpp;

import static assent.server.sms.smpp.SmppSettings.SERVICE_NUMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.server.sms.SmsText;
import assent.server.sms.Submission;
import assent.sim.carrier.CarrierBehaviour;
import assent.sim.carrier.Sms;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What the SMPP adapter does beyond the port's promises.
class SmppCarrierTest extends WithAnSmsc {
    @Test
    void anSmsComesFromTheServiceNumber() {
        carrier.submit(PHONE, CODE);

        assertThat(phone.await(sms -> true, PATIENCE)).contains(new Sms(SERVICE_NUMBER, PHONE.e164(), CODE.text()));
    }

    @Test
    void aGatewayMayStartBeforeItsCarrier() throws Exception {
        carrier.close();
        smsc.stop();

        carrier = start(settings.config());
        assertThat(carrier.isUp()).isFalse();

        smsc.restart();
        awaitUp();
        assertThat(carrier.submit(PHONE, CODE)).isEqualTo(new Submission.Accepted());
    }

    @Test
    void moreSmsThanTheWindowAllowsAreRefusedAtOnce() throws Exception {
        reopen(settings.withWindow(2).withReplyTimeout(Duration.ofSeconds(3)).config());
        awaitUp();
        smsc.behave(CarrierBehaviour.good().withReplies(CarrierBehaviour.Replies.NOT_TO_SMS));
        List<Submission> outstanding = new CopyOnWriteArrayList<>();
        for (String text : List.of("first", "second")) {
            Thread.ofVirtual().start(() -> outstanding.add(carrier.submit(PHONE, SmsText.of(text))));
            assertThat(phone.await(sms -> sms.text().equals(text), PATIENCE)).isPresent();
        }

        Submission third = carrier.submit(PHONE, SmsText.of("third"));

        assertThat(third).isEqualTo(new Submission.Unavailable(Submission.Why.WINDOW_FULL));
        assertThat(outstanding).isEmpty();
        await().atMost(PATIENCE).until(() -> outstanding.size() == 2);
        assertThat(outstanding).containsOnly(new Submission.Unconfirmed());
        smsc.behave(CarrierBehaviour.good());
        assertThat(carrier.submit(PHONE, SmsText.of("fourth"))).isEqualTo(new Submission.Accepted());
        assertThat(phone.inbox()).extracting(Sms::text).containsExactly("first", "second", "fourth");
    }

    @Test
    void anSmsThatWaitsWhileTheLinkBreaksIsUnconfirmed() {
        smsc.behave(CarrierBehaviour.good().withReplies(CarrierBehaviour.Replies.NOT_TO_SMS));
        List<Submission> outstanding = new CopyOnWriteArrayList<>();
        Thread.ofVirtual().start(() -> outstanding.add(carrier.submit(PHONE, CODE)));
        assertThat(phone.await(sms -> true, PATIENCE)).isPresent();

        smsc.stop();

        await().atMost(PATIENCE).until(() -> outstanding.size() == 1);
        assertThat(outstanding).containsExactly(new Submission.Unconfirmed());
    }

    @Test
    void withAWrongPasswordTheCarrierStaysDownAndKeepsBeingTried() {
        reopen(settings.withPassword("wrong").config());

        await().atMost(PATIENCE).until(() -> smsc.counts().bindsRefused() >= 3);

        assertThat(carrier.isUp()).isFalse();
        assertThat(carrier.submit(PHONE, CODE)).isEqualTo(new Submission.Unavailable(Submission.Why.NOT_BOUND));
        assertThat(smsc.gatewaysBound()).isZero();
    }

    @Test
    void aPeerThatFallsSilentIsFoundDead() {
        reopen(settings.withEnquireLink(Duration.ofMillis(100))
                .withReplyTimeout(Duration.ofMillis(200))
                .withReconnect(Duration.ofSeconds(30), Duration.ofSeconds(30))
                .config());
        awaitUp();

        smsc.behave(CarrierBehaviour.good().withReplies(CarrierBehaviour.Replies.NONE));

        await().atMost(PATIENCE).until(() -> !carrier.isUp());
    }

    @Test
    void aQuietPeerThatAnswersStaysUp() {
        reopen(settings.withEnquireLink(Duration.ofMillis(20)).config());
        awaitUp();

        await().during(Duration.ofMillis(500)).atMost(PATIENCE).until(carrier::isUp);
        assertThat(smsc.gatewaysBound()).isEqualTo(1);
    }
}
