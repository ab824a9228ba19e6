package assent.sim.carrier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jsmpp.PDUStringException;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens on the loopback and lets in whoever may bind. Everybody else is refused with the status that
/// a real SMSC would give. Thread-safe.
final class BindDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BindDoor.class);

    static final String SYSTEM_ID = "simulator";

    private static final int BACKLOG = 128;
    private static final long BIND_WAIT_MILLIS_MAX = 5_000;
    private static final long REPLY_WAIT_MILLIS_MAX = 5_000;

    /// How long a refused peer may take to hang up: one that is cut off at once may not get to read
    /// why.
    private static final Duration REFUSED_LINGER_MAX = Duration.ofSeconds(1);

    private static final Duration PORT_FREE_MAX = Duration.ofSeconds(2);
    private static final int READERS = 1;

    /// Submits read and not yet handled; beyond it they are refused as throttled.
    private static final int SUBMITS_WAITING_MAX = 1_000;

    private final ServerSocket socket;
    private final Admission admission;
    private final Switchboard switchboard;
    private final Tally tally;
    private final int bindsMax;
    private final Set<SMPPServerSession> sessions = ConcurrentHashMap.newKeySet();
    private final Thread accepting = Thread.ofVirtual().name("carrier-door").unstarted(this::acceptAll);
    private volatile boolean closed;

    BindDoor(CarrierConfig config, int port, Admission admission, Switchboard switchboard, Tally tally)
            throws IOException {
        this.admission = admission;
        this.switchboard = switchboard;
        this.tally = tally;
        this.bindsMax = config.bindsMax();
        this.socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "cannot listen on the loopback port " + port + " (" + e.getMessage()
                            + "); is another carrier running?" + " Choose another port, or 0 for any",
                    e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    void open() {
        accepting.start();
    }

    private void acceptAll() {
        while (!closed) {
            try {
                Socket peer = socket.accept();
                if (sessions.size() < bindsMax) {
                    admit(peer);
                } else {
                    tally.bindsRefused.increment();
                    peer.close();
                }
            } catch (IOException e) {
                if (!closed) {
                    LOG.warn("The carrier could not take a connection: {}", e.getMessage());
                }
            }
        }
    }

    private void admit(Socket peer) throws IOException {
        peer.setTcpNoDelay(true);
        SMPPServerSession session = new SMPPServerSession(
                new SocketConnection(peer),
                null,
                null,
                null,
                READERS,
                SUBMITS_WAITING_MAX,
                new WithholdingSender(switchboard),
                new BoundedPduReader());
        session.setTransactionTimer(REPLY_WAIT_MILLIS_MAX);
        sessions.add(session);
        session.addSessionStateListener((now, before, source) -> {
            if (now == SessionState.CLOSED) {
                sessions.remove(session);
            }
        });
        Thread.ofVirtual().name("carrier-bind").start(() -> bind(session));
        if (closed) {
            session.close();
        }
    }

    private void bind(SMPPServerSession session) {
        try {
            BindRequest request = session.waitForBind(BIND_WAIT_MILLIS_MAX);
            switch (admission.decide(request)) {
                case Admission.Refused(int status) -> {
                    tally.bindsRefused.increment();
                    request.reject(status);
                    Thread.sleep(REFUSED_LINGER_MAX);
                    session.close();
                }
                case Admission.Granted granted -> enter(session, request, granted);
            }
        } catch (TimeoutException | IOException | IllegalStateException | InterruptedException e) {
            session.close();
        }
    }

    private void enter(SMPPServerSession session, BindRequest request, Admission.Granted granted) throws IOException {
        session.setMessageReceiverListener(new SubmitReceiver(granted.number(), switchboard));
        session.addSessionStateListener((now, before, source) -> {
            if (!now.isBound()) {
                granted.line().detach(session);
                granted.leave().run();
            }
        });
        try {
            request.accept(SYSTEM_ID);
            granted.line().attach(session);
        } catch (PDUStringException e) {
            throw new IllegalStateException("'" + SYSTEM_ID + "' is a system id", e);
        } finally {
            if (!session.getSessionState().isBound()) {
                granted.line().detach(session);
                granted.leave().run();
            }
        }
    }

    /// Cuts every connection, without a word.
    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
            // The port is free once the thread that waits on it has let go.
            accepting.join(PORT_FREE_MAX);
        } catch (IOException e) {
            LOG.warn("The carrier's port did not close: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sessions.forEach(SMPPServerSession::close);
    }
}
