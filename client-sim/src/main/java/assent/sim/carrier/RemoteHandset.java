package assent.sim.carrier;

import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;

/// A handset whose carrier runs in another process: its SMS go over SMPP. When the link breaks, it
/// binds again in the background; what is sent to it meanwhile is lost, as with a phone out of
/// coverage. Thread-safe.
///
/// Its threads are not all daemons: close it.
public final class RemoteHandset implements Handset {
    private static final Duration REBIND_PAUSE = Duration.ofMillis(500);
    private static final byte ZERO = 0;

    private final PhoneNumber number;
    private final HandsetSession.Factory sessions;
    private final Inbox inbox = new Inbox(CarrierConfig.INBOX_MAX);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile HandsetSession session;

    private RemoteHandset(String host, int port, PhoneNumber number) throws IOException {
        this.number = number;
        this.sessions = new HandsetSession.Factory(host, port, number, inbox);
        this.session = sessions.bind();
    }

    /// Binds, and stays bound until it is closed.
    ///
    /// @throws IOException if there is no carrier, or it refuses, for instance because the number has a
    ///     handset already; the message is for people
    public static RemoteHandset connect(String host, int port, PhoneNumber number) throws IOException {
        RemoteHandset handset = new RemoteHandset(host, port, number);
        Thread.ofVirtual().name("handset").start(handset::stayBound);
        return handset;
    }

    private void stayBound() {
        try {
            while (closing.getCount() > 0) {
                session.awaitEnd();
                if (!closing.await(REBIND_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    rebind();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rebind() {
        try {
            session = sessions.bind();
            if (closing.getCount() == 0) {
                session.close();
            }
        } catch (IOException e) {
            // The carrier is still down: the next try follows.
        }
    }

    /// Whether the handset has a link to its carrier now.
    public boolean isUp() {
        return session.isBound();
    }

    @Override
    public PhoneNumber number() {
        return number;
    }

    @Override
    public List<Sms> inbox() {
        return inbox.messages();
    }

    @Override
    public Optional<Sms> await(Predicate<Sms> wanted, Duration patience) {
        return inbox.await(wanted, patience);
    }

    @Override
    public void listen(Consumer<Sms> listener) {
        inbox.listen(listener);
    }

    @Override
    public void send(String to, String text) throws SmsNotSentException {
        SmsCoding.Encoded encoded = SmsCoding.encode(text);
        try {
            submitSm(session.smpp(), to, encoded);
        } catch (NegativeResponseException e) {
            throw new SmsNotSentException("the carrier refused the SMS, with status 0x"
                    + HexFormat.of().toHexDigits(e.getCommandStatus()));
        } catch (ResponseTimeoutException | InvalidResponseException e) {
            throw new SmsNotSentException("the carrier did not answer; the SMS may have gone out");
        } catch (IOException e) {
            throw new SmsNotSentException("the carrier is down, or cut the connection; try again later");
        } catch (PDUException e) {
            throw new IllegalArgumentException("the SMS goes to a number that is too long for SMPP");
        }
    }

    private void submitSm(SMPPSession smpp, String to, SmsCoding.Encoded text)
            throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
                    IOException {
        smpp.submitShortMessage(
                "",
                Addresses.typeOf(number.e164()),
                Addresses.planOf(number.e164()),
                Addresses.digitsOf(number.e164()),
                Addresses.typeOf(to),
                Addresses.planOf(to),
                Addresses.digitsOf(to),
                new ESMClass(),
                ZERO,
                ZERO,
                null,
                null,
                new RegisteredDelivery(ZERO),
                ZERO,
                new RawDataCoding(text.dataCoding()),
                ZERO,
                text.bytes());
    }

    @Override
    public void close() {
        closing.countDown();
        session.close();
    }
}
