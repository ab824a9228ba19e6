package assent.server.sms.smpp;

import assent.protocol.PhoneNumber;
import assent.server.sms.ArrivedSmsListener;
import assent.server.sms.Carrier;
import assent.server.sms.SmsText;
import assent.server.sms.Submission;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jsmpp.GenericNackResponseException;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;

/// A carrier behind SMPP 3.4: binds as transceiver, sends with `submit_sm`, receives with `deliver_sm`.
///
/// A carrier that is down, or that refuses the bind, never fails the start: the link is tried in the
/// background for ever, with pauses that double, and [#isUp] says whether it stands. At most `window`
/// SMS wait for the carrier's answer; the next is answered `WINDOW_FULL` at once. An SMS is written
/// once: when the answer stays away or the link breaks under it, the result is
/// [Submission.Unconfirmed].
///
/// Numbers and texts are logged at no level. jsmpp would, so its loggers must be off: see
/// `SilentJsmpp`.
///
/// Thread-safe. Owns the link's threads; [#close] takes at most four seconds.
public final class SmppCarrier implements Carrier {
    private static final String NO_SERVICE_TYPE = "";
    private static final byte ZERO = 0;

    private final Arrivals arrivals;
    private final SmppLink link;
    private final Addresses.Address source;
    private final Semaphore window;
    private final Duration windowPatience;
    private volatile boolean closing;

    /// @param listener takes what phones send to the service number; see there for its thread
    /// @param random jitter of the pauses between binds; used on the link's thread alone
    public SmppCarrier(SmppConfig config, ArrivedSmsListener listener, RandomGenerator random) {
        this.arrivals = new Arrivals(listener);
        this.link = new SmppLink(config, arrivals, new Backoff(config.reconnectMin(), config.reconnectMax(), random));
        this.source = Addresses.ofService(config.serviceNumber());
        this.window = new Semaphore(config.window());
        this.windowPatience = config.replyTimeout().dividedBy(2);
    }

    /// Begins to bind, in the background; call it once. Returns at once.
    ///
    /// @throws IllegalStateException if the logging configuration would let jsmpp log numbers and
    ///     codes; says what to do
    public void start() {
        SilentJsmpp.require();
        link.start();
    }

    @Override
    public boolean isUp() {
        return link.session().isPresent();
    }

    /// What has come from the carrier.
    public ArrivalCounts arrivals() {
        return arrivals.counts();
    }

    @Override
    public Submission submit(PhoneNumber to, SmsText text) {
        // An interrupted virtual thread would close the link's socket under everybody as soon as it writes.
        if (closing || Thread.currentThread().isInterrupted()) {
            return new Submission.Unavailable(Submission.Why.CLOSING);
        }
        Optional<SMPPSession> session = link.session();
        if (session.isEmpty()) {
            return new Submission.Unavailable(Submission.Why.NOT_BOUND);
        }
        if (!hasPlace()) {
            return new Submission.Unavailable(Submission.Why.WINDOW_FULL);
        }
        try {
            return write(session.get(), to, text);
        } finally {
            window.release();
        }
    }

    private Submission write(SMPPSession session, PhoneNumber to, SmsText text) {
        try {
            submitSm(session, Addresses.of(to), text);
            return new Submission.Accepted();
        } catch (NegativeResponseException refused) {
            return new Submission.Refused(refused.getCommandStatus());
        } catch (GenericNackResponseException refused) {
            return new Submission.Refused(refused.getCommandStatus());
        } catch (ResponseTimeoutException | InvalidResponseException | IOException e) {
            // Also when the link broke just before the write: jsmpp does not tell the two apart, and to take an SMS
            // that went out for one that did not is the worse mistake.
            return new Submission.Unconfirmed();
        } catch (PDUException e) {
            // Without the cause, whose message quotes the field.
            throw new IllegalStateException("an SMS that passed our checks does not fit into submit_sm");
        }
    }

    /// SMPP 3.4, 4.4: sent now, kept by the carrier as long as it likes, no delivery receipt.
    private void submitSm(SMPPSession session, Addresses.Address to, SmsText text)
            throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
                    IOException {
        session.submitShortMessage(
                NO_SERVICE_TYPE,
                source.type(),
                source.plan(),
                source.digits(),
                to.type(),
                to.plan(),
                to.digits(),
                new ESMClass(),
                ZERO,
                ZERO,
                null,
                null,
                new RegisteredDelivery(ZERO),
                ZERO,
                new GeneralDataCoding(alphabetOf(text)),
                ZERO,
                text.encoded());
    }

    private static Alphabet alphabetOf(SmsText text) {
        return switch (text.alphabet()) {
            case GSM7 -> Alphabet.ALPHA_DEFAULT;
            case UCS2 -> Alphabet.ALPHA_UCS2;
        };
    }

    /// Waits for a place in the window, for half as long as an answer may take.
    private boolean hasPlace() {
        try {
            return window.tryAcquire(windowPatience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closing = true;
        link.close();
    }
}
