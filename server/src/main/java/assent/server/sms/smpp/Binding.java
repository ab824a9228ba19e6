package assent.server.sms.smpp;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;

/// One session with the carrier's SMSC, from its making to its bind (SMPP 3.4, 4.1). Confined to the
/// thread that binds, but for the session, which any may use once it is bound.
final class Binding {
    /// One thread reads, so that SMS keep their order.
    private static final int READERS = 1;

    /// PDUs read and not yet handled, besides the answers to our window. At the limit the carrier's SMS
    /// are refused as throttled, and it delivers them later.
    private static final int ARRIVALS_WAITING_MAX = 100;

    private final SmppConfig config;
    private final BoundedPduReader reader = new BoundedPduReader();
    private final SMPPSession session;
    private final CountDownLatch ended = new CountDownLatch(1);

    Binding(SmppConfig config) {
        this.config = config;
        this.session = new SMPPSession(
                new SynchronizedPDUSender(new DefaultPDUSender()), reader, new LinkSockets(config.replyTimeout()));
        session.setPduProcessorDegree(READERS);
        session.setQueueCapacity(config.window() + ARRIVALS_WAITING_MAX);
        session.setEnquireLinkTimer((int) config.enquireLink().toMillis());
        session.setTransactionTimer(config.replyTimeout().toMillis());
        session.addSessionStateListener((now, before, source) -> {
            if (before.isBound() && !now.isBound()) {
                ended.countDown();
            }
        });
    }

    SMPPSession session() {
        return session;
    }

    /// Released when a session that was bound has ended.
    CountDownLatch ended() {
        return ended;
    }

    /// Connects and binds. Blocks for twice the reply timeout at most.
    ///
    /// @throws IOException see [#describe]
    void bind(BindType type) throws IOException {
        session.connectAndBind(
                config.host(),
                config.port(),
                new BindParameter(
                        type,
                        config.systemId(),
                        config.password().reveal(),
                        config.systemType(),
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        null),
                config.replyTimeout().toMillis());
    }

    /// Why [#bind] failed, for people, without anything secret.
    String describe(IOException e) {
        if (reader.bindStatus() != 0) {
            return "it refused to let us bind as '" + config.systemId() + "' ("
                    + CommandStatus.describe(reader.bindStatus()) + ")";
        }
        if (e.getCause() instanceof ResponseTimeoutException) {
            return "it did not answer our bind within " + config.replyTimeout();
        }
        // A cause that jsmpp wraps may quote what was sent; a socket's own message does not.
        String detail = e.getCause() == null ? ", " + e.getMessage() : "";
        return e.getClass().getSimpleName() + detail + "; check the carrier's host and port";
    }
}
