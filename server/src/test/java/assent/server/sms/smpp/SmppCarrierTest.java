package assent.server.sms.smpp;

import static assent.server.sms.smpp.SmppSettings.PASSWORD;
import static assent.server.sms.smpp.SmppSettings.SERVICE_NUMBER;
import static assent.server.sms.smpp.SmppSettings.SYSTEM_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import assent.server.sms.ArrivedSmsListener;
import assent.server.sms.Carrier;
import assent.server.sms.CarrierContract;
import assent.server.sms.SmsText;
import assent.server.sms.Submission;
import assent.sim.carrier.CarrierBehaviour;
import assent.sim.carrier.CarrierConfig;
import assent.sim.carrier.CarrierSimulator;
import assent.sim.carrier.Handset;
import assent.sim.carrier.Sms;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// The SMPP adapter against an SMSC over SMPP on the loopback.
@Timeout(60)
class SmppCarrierTest extends CarrierContract {
    /// What `close` promises.
    private static final Duration CLOSE_MAX = Duration.ofSeconds(4);

    private final CarrierSimulator smsc = startSmsc();
    private final Handset phone = smsc.handset(PHONE);
    private final SmppSettings settings = SmppSettings.to(smsc.port());

    private static CarrierSimulator startSmsc() {
        try {
            return CarrierSimulator.start(new CarrierConfig(0, SYSTEM_ID, PASSWORD, SERVICE_NUMBER));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stopSmsc() {
        smsc.close();
    }

    @Override
    protected Carrier open(ArrivedSmsListener listener) {
        return start(settings.config(), listener);
    }

    private static SmppCarrier start(SmppConfig config, ArrivedSmsListener listener) {
        SmppCarrier started = new SmppCarrier(config, listener, RandomGenerator.getDefault());
        started.start();
        return started;
    }

    /// In place of the carrier that the contract opened.
    private void reopen(SmppConfig config) {
        carrier.close();
        carrier = start(config, arrivals::add);
    }

    @Override
    protected String serviceNumber() {
        return SERVICE_NUMBER;
    }

    @Override
    protected List<String> textsAtThePhone() {
        return phone.inbox().stream().map(Sms::text).toList();
    }

    @Override
    protected void sendFromThePhone(String text) throws IOException {
        phone.send(SERVICE_NUMBER, text);
    }

    @Override
    protected void refuseWith(int status) {
        smsc.behave(CarrierBehaviour.good().withRefusal(status));
    }

    @Override
    protected void withholdAnswers() {
        smsc.behave(CarrierBehaviour.good().withReplies(CarrierBehaviour.Replies.NOT_TO_SMS));
    }

    @Override
    protected void behaveAgain() {
        smsc.behave(CarrierBehaviour.good());
    }

    @Override
    protected void goDown() {
        smsc.stop();
    }

    @Override
    protected void comeBack() throws IOException {
        smsc.restart();
    }

    @Test
    void anSmsComesFromTheServiceNumber() {
        carrier.submit(PHONE, CODE);

        assertThat(phone.await(sms -> true, PATIENCE)).contains(new Sms(SERVICE_NUMBER, PHONE.e164(), CODE.text()));
    }

    @Test
    void aGatewayMayStartBeforeItsCarrier() throws Exception {
        carrier.close();
        smsc.stop();

        carrier = start(settings.config(), arrivals::add);
        assertThat(carrier.isUp()).isFalse();

        smsc.restart();
        awaitUp();
        assertThat(carrier.submit(PHONE, CODE)).isEqualTo(new Submission.Accepted());
    }

    @Test
    void moreSmsThanTheWindowAllowsAreRefusedAtOnce() throws Exception {
        reopen(settings.withWindow(2).withReplyTimeout(Duration.ofSeconds(3)).config());
        awaitUp();
        withholdAnswers();
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
        behaveAgain();
        assertThat(carrier.submit(PHONE, SmsText.of("fourth"))).isEqualTo(new Submission.Accepted());
        awaitAtThePhone(List.of("first", "second", "fourth"));
    }

    @Test
    void anSmsThatWaitsWhileTheLinkBreaksIsUnconfirmed() {
        withholdAnswers();
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

    @Test
    void closingIsQuickWhateverThePeerDoes() {
        smsc.behave(CarrierBehaviour.good().withReplies(CarrierBehaviour.Replies.NONE));
        long before = System.nanoTime();
        carrier.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(CLOSE_MAX);

        smsc.stop();
        carrier = start(
                settings.withReconnect(Duration.ofHours(1), Duration.ofHours(1)).config(), arrivals::add);
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
        sendFromThePhone("kept");

        carrier = open(arrivals::add);

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
