package assent.sim.carrier;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPServerSession;

/// The line to a number whose owner binds over SMPP: the gateway's service number or a handset in
/// another process. SMS wait until somebody is bound, and go out one after another with `deliver_sm`,
/// in order, in turn to those who are bound. What is not acknowledged is tried again, so it can arrive
/// twice, as with real carriers.
///
/// The queue is bounded by the switchboard's in-flight limit. One virtual thread delivers. Thread-safe.
final class PeerLine implements Destination, AutoCloseable {
    private static final int TRIES_MAX = 3;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);
    private static final byte ZERO = 0;

    private record Waiting(Sms sms, Runnable done) {}

    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final List<SMPPServerSession> sessions = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition attached = lock.newCondition();
    private final Tally tally;
    private final Thread thread = Thread.ofVirtual().name("carrier-line").unstarted(this::run);
    private volatile boolean closed;

    PeerLine(Tally tally) {
        this.tally = tally;
    }

    void start() {
        thread.start();
    }

    void attach(SMPPServerSession session) {
        lock.lock();
        try {
            sessions.addLast(session);
            attached.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void detach(SMPPServerSession session) {
        lock.lock();
        try {
            sessions.remove(session);
        } finally {
            lock.unlock();
        }
    }

    int bound() {
        lock.lock();
        try {
            return sessions.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void deliver(Sms sms, Runnable done) {
        queue.add(new Waiting(sms, done));
        if (closed) {
            dropAll();
        }
    }

    private void run() {
        while (!closed) {
            try {
                Waiting next = queue.take();
                boolean delivered = false;
                try {
                    delivered = deliver(next.sms());
                } finally {
                    (delivered ? tally.delivered : tally.unroutable).increment();
                    next.done().run();
                }
            } catch (InterruptedException e) {
                break; // closed
            }
        }
        dropAll();
    }

    private void dropAll() {
        for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
            tally.unroutable.increment();
            next.done().run();
        }
    }

    private boolean deliver(Sms sms) throws InterruptedException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            try {
                deliverSm(nextSession(), sms);
                return true;
            } catch (NegativeResponseException refused) {
                if (refused.getCommandStatus() != CarrierBehaviour.THROTTLED) {
                    return false;
                }
            } catch (ResponseTimeoutException | InvalidResponseException | IOException e) {
                // Tried again: the peer may have it already, and then gets it twice.
            } catch (PDUException e) {
                return false;
            }
            Thread.sleep(RETRY_PAUSE);
        }
        return false;
    }

    /// Waits until somebody is bound; each in turn.
    private SMPPServerSession nextSession() throws InterruptedException {
        lock.lock();
        try {
            while (sessions.isEmpty()) {
                attached.await();
            }
            SMPPServerSession session = sessions.removeFirst();
            sessions.addLast(session);
            return session;
        } finally {
            lock.unlock();
        }
    }

    private static void deliverSm(SMPPServerSession session, Sms sms)
            throws PDUException, ResponseTimeoutException, InvalidResponseException, NegativeResponseException,
                    IOException {
        SmsCoding.Encoded text = SmsCoding.encode(sms.text());
        session.deliverShortMessage(
                "",
                Addresses.typeOf(sms.from()),
                Addresses.planOf(sms.from()),
                Addresses.digitsOf(sms.from()),
                Addresses.typeOf(sms.to()),
                Addresses.planOf(sms.to()),
                Addresses.digitsOf(sms.to()),
                new ESMClass(),
                ZERO,
                ZERO,
                new RegisteredDelivery(ZERO),
                new RawDataCoding(text.dataCoding()),
                text.bytes());
    }

    /// Drops what waits.
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
