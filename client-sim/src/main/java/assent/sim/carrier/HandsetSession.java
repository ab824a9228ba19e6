package assent.sim.carrier;

import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.SMPPConstant;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.EnquireLink;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.jsmpp.session.connection.socket.SocketConnectionFactory;

/// One bind of a [RemoteHandset], from its beginning to its end. Thread-safe.
final class HandsetSession implements AutoCloseable {
    private static final int ENQUIRE_LINK_MILLIS = 5_000;
    private static final long REPLY_WAIT_MILLIS_MAX = 5_000;

    private final SMPPSession smpp;
    private final CountDownLatch ended;

    private HandsetSession(SMPPSession smpp, CountDownLatch ended) {
        this.smpp = smpp;
        this.ended = ended;
    }

    /// Makes the binds of one handset. Immutable.
    record Factory(String host, int port, PhoneNumber number, Inbox inbox) {
        /// @throws IOException if there is no carrier or it refuses; for people, without the number
        HandsetSession bind() throws IOException {
            CountDownLatch ended = new CountDownLatch(1);
            SMPPSession smpp = new SMPPSession(
                    new SynchronizedPDUSender(new DefaultPDUSender()),
                    new BoundedPduReader(),
                    SocketConnectionFactory.getInstance());
            smpp.setMessageReceiverListener(new Receiver(inbox));
            smpp.setPduProcessorDegree(1);
            smpp.setEnquireLinkTimer(ENQUIRE_LINK_MILLIS);
            smpp.setTransactionTimer(REPLY_WAIT_MILLIS_MAX);
            smpp.addSessionStateListener((now, before, source) -> {
                if (before.isBound() && !now.isBound()) {
                    ended.countDown();
                }
            });
            try {
                smpp.connectAndBind(host, port, bindParameter(), REPLY_WAIT_MILLIS_MAX);
            } catch (IOException e) {
                smpp.close();
                throw describe(e);
            }
            return new HandsetSession(smpp, ended);
        }

        private BindParameter bindParameter() {
            return new BindParameter(
                    BindType.BIND_TRX,
                    CarrierConfig.HANDSET_SYSTEM_ID,
                    null,
                    null,
                    TypeOfNumber.INTERNATIONAL,
                    NumberingPlanIndicator.ISDN,
                    number.e164());
        }

        private IOException describe(IOException e) {
            if (!(e.getCause() instanceof NegativeResponseException refused)) {
                return new IOException("no carrier answers at " + host + ":" + port + "; start it first");
            }
            return new IOException(
                    refused.getCommandStatus() == SMPPConstant.STAT_ESME_RALYBND
                            ? "the carrier has a handset with this number already; close that one or use another number"
                            : "the carrier refused the handset, with status 0x"
                                    + HexFormat.of().toHexDigits(refused.getCommandStatus()));
        }
    }

    SMPPSession smpp() {
        return smpp;
    }

    boolean isBound() {
        return smpp.getSessionState().isBound();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
        smpp.close();
    }

    @Override
    public void close() {
        smpp.unbindAndClose();
    }

    /// Puts what arrives into the inbox.
    private record Receiver(Inbox inbox) implements MessageReceiverListener {
        @Override
        public void onAcceptDeliverSm(DeliverSm request) throws ProcessRequestException {
            Optional<Sms> sms = Messages.isTooLong(request) ? Optional.empty() : Messages.read(request);
            if (sms.isEmpty()) {
                throw new ProcessRequestException("unreadable text", SMPPConstant.STAT_ESME_RX_P_APPN);
            }
            inbox.add(sms.get());
        }

        @Override
        public void onAcceptAlertNotification(AlertNotification notification) {
            // Says that a phone is reachable again, which nobody asked for.
        }

        @Override
        public DataSmResult onAcceptDataSm(DataSm request, Session session) throws ProcessRequestException {
            throw new ProcessRequestException("data_sm is not used", SMPPConstant.STAT_ESME_RX_P_APPN);
        }

        @Override
        public void onAcceptEnquireLink(EnquireLink request, Session session) {
            // jsmpp answers it.
        }
    }
}
