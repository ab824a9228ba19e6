package assent.sim.carrier;

import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.EnquireLink;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.jspecify.annotations.Nullable;

/// A plain SMPP client in the gateway's place. Thread-safe.
final class Gateway implements AutoCloseable {
    static final String SYSTEM_ID = "assent";
    static final String PASSWORD = "pa55word";
    static final String SERVICE_NUMBER = "27722";

    private static final long PATIENCE_MILLIS = 5_000;

    private final SMPPSession session;
    private final List<Sms> received;

    private Gateway(SMPPSession session, List<Sms> received) {
        this.session = session;
        this.received = received;
    }

    static Gateway bind(int port) throws IOException {
        return bind(port, SYSTEM_ID, PASSWORD, BindType.BIND_TRX, null);
    }

    static Gateway bind(
            int port, String systemId, @Nullable String password, BindType type, @Nullable String addressRange)
            throws IOException {
        SMPPSession session = new SMPPSession();
        List<Sms> received = new CopyOnWriteArrayList<>();
        session.setTransactionTimer(PATIENCE_MILLIS);
        session.setMessageReceiverListener(new Receiver(received));
        session.connectAndBind(
                "127.0.0.1",
                port,
                new BindParameter(
                        type,
                        systemId,
                        password,
                        null,
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        addressRange),
                PATIENCE_MILLIS);
        return new Gateway(session, received);
    }

    void send(PhoneNumber to, String text) throws Exception {
        sendFrom(SERVICE_NUMBER, to, text);
    }

    void sendFrom(String from, PhoneNumber to, String text) throws Exception {
        SmsCoding.Encoded encoded = SmsCoding.encode(text);
        byte zero = 0;
        session.submitShortMessage(
                "",
                TypeOfNumber.NETWORK_SPECIFIC,
                NumberingPlanIndicator.UNKNOWN,
                from,
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                to.e164().substring(1),
                new ESMClass(),
                zero,
                zero,
                null,
                null,
                new RegisteredDelivery(zero),
                zero,
                new RawDataCoding(encoded.dataCoding()),
                zero,
                encoded.bytes());
    }

    List<Sms> received() {
        return received;
    }

    boolean isBound() {
        return session.getSessionState().isBound();
    }

    @Override
    public void close() {
        session.unbindAndClose();
    }

    private record Receiver(List<Sms> received) implements MessageReceiverListener {
        @Override
        public void onAcceptDeliverSm(DeliverSm sms) {
            received.add(Messages.read(sms).orElseThrow());
        }

        @Override
        public void onAcceptAlertNotification(AlertNotification notification) {}

        @Override
        public DataSmResult onAcceptDataSm(DataSm sms, Session source) throws ProcessRequestException {
            throw new ProcessRequestException("not used", 0x65);
        }

        @Override
        public void onAcceptEnquireLink(EnquireLink enquireLink, Session source) {}
    }
}
