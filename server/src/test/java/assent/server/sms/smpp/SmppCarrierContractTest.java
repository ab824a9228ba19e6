package assent.server.sms.smpp;

import static assent.server.sms.smpp.SmppSettings.PASSWORD;
import static assent.server.sms.smpp.SmppSettings.SERVICE_NUMBER;
import static assent.server.sms.smpp.SmppSettings.SYSTEM_ID;

import assent.server.sms.ArrivedSmsListener;
import assent.server.sms.Carrier;
import assent.server.sms.CarrierContract;
import assent.sim.carrier.CarrierBehaviour;
import assent.sim.carrier.CarrierConfig;
import assent.sim.carrier.CarrierSimulator;
import assent.sim.carrier.Handset;
import assent.sim.carrier.Sms;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// The SMPP adapter keeps the promises of the port, against an SMSC on the loopback.
@Timeout(60)
class SmppCarrierContractTest extends CarrierContract {
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
}
