package assent.server.sms.smpp;

import static assent.server.sms.smpp.SmppSettings.PASSWORD;
import static assent.server.sms.smpp.SmppSettings.SERVICE_NUMBER;
import static assent.server.sms.smpp.SmppSettings.SYSTEM_ID;
import static org.awaitility.Awaitility.await;

import assent.protocol.PhoneNumber;
import assent.server.sms.ArrivedSms;
import assent.server.sms.SmsText;
import assent.sim.carrier.CarrierConfig;
import assent.sim.carrier.CarrierSimulator;
import assent.sim.carrier.Handset;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// An SMSC on the loopback, a handset in it, and the adapter bound to it, for each test anew.
@Timeout(60)
abstract class WithAnSmsc {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final PhoneNumber PHONE = PhoneNumber.parse("+919810012345");
    static final SmsText CODE = SmsText.of("Assent code: 042917");

    final CarrierSimulator smsc = startSmsc();
    final Handset phone = smsc.handset(PHONE);
    final SmppSettings settings = SmppSettings.to(smsc.port());
    final List<ArrivedSms> arrivals = new CopyOnWriteArrayList<>();
    SmppCarrier carrier = start(settings.config());

    private static CarrierSimulator startSmsc() {
        try {
            return CarrierSimulator.start(new CarrierConfig(0, SYSTEM_ID, PASSWORD, SERVICE_NUMBER));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    SmppCarrier start(SmppConfig config) {
        SmppCarrier started = new SmppCarrier(config, arrivals::add, RandomGenerator.getDefault());
        started.start();
        return started;
    }

    /// In place of the carrier that stands.
    void reopen(SmppConfig config) {
        carrier.close();
        carrier = start(config);
    }

    void awaitUp() {
        await().atMost(PATIENCE).until(carrier::isUp);
    }

    @BeforeEach
    void isUp() {
        awaitUp();
    }

    @AfterEach
    void stop() {
        carrier.close();
        smsc.close();
    }
}
