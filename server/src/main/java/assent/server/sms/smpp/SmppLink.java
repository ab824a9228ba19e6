package assent.server.sms.smpp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jsmpp.bean.BindType;
import org.jsmpp.session.SMPPSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one session bound as transceiver, for ever: binds, waits for its end, pauses, binds again. A
/// dead peer is found by `enquire_link`, which jsmpp sends after `enquireLink` of silence and which
/// must be answered within `replyTimeout`.
///
/// All of it happens on one virtual thread; the session it offers may be used by any. Thread-safe.
final class SmppLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmppLink.class);

    /// Longest wait for the carrier's answer to `unbind`, and then for the link's thread.
    static final Duration LEAVE_MAX = Duration.ofSeconds(2);

    private final SmppConfig config;
    private final Arrivals arrivals;
    private final Backoff backoff;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("smpp-link").unstarted(this::keepBound);
    private volatile Optional<SMPPSession> bound = Optional.empty();

    SmppLink(SmppConfig config, Arrivals arrivals, Backoff backoff) {
        this.config = config;
        this.arrivals = arrivals;
        this.backoff = backoff;
    }

    /// Begins in the background.
    void start() {
        thread.start();
    }

    /// The session, if it is bound now.
    Optional<SMPPSession> session() {
        return bound.filter(session -> session.getSessionState().isTransmittable());
    }

    private void keepBound() {
        while (!isClosing()) {
            var binding = new Binding(config);
            SMPPSession session = binding.session();
            session.setMessageReceiverListener(arrivals);
            try {
                binding.bind(BindType.BIND_TRX);
                stayBound(session, binding.ended());
            } catch (IOException e) {
                if (!isClosing()) {
                    LOG.warn("No link to the carrier at {}: {}", config.address(), binding.describe(e));
                }
            } catch (InterruptedException e) {
                return; // close() does the rest.
            } catch (RuntimeException bug) {
                LOG.error("The link to the carrier failed: {}", bug.getClass().getName());
            } finally {
                bound = Optional.empty();
                session.close();
            }
            pause();
        }
    }

    private void stayBound(SMPPSession session, CountDownLatch ended) throws InterruptedException {
        bound = Optional.of(session);
        LOG.info("Bound to the carrier at {} as {}", config.address(), config.systemId());
        // Only a link that lasts has earned the shortest pause: one that is cut at once would be tried in a tight loop.
        if (!ended.await(config.reconnectMax().toMillis(), TimeUnit.MILLISECONDS)) {
            backoff.reset();
            ended.await();
        }
        bound = Optional.empty();
        if (!isClosing()) {
            LOG.warn("The link to the carrier at {} has ended", config.address());
        }
    }

    private void pause() {
        try {
            Duration pause = backoff.next();
            if (!isClosing()) {
                LOG.info("Trying the carrier again in {} ms", pause.toMillis());
            }
            closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            LOG.debug("The link is closing");
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /// Unbinds if bound, and ends. Takes at most twice [#LEAVE_MAX].
    @Override
    public void close() {
        closing.countDown();
        Optional<SMPPSession> leaving = bound;
        bound = Optional.empty();
        try {
            if (leaving.isPresent()) {
                leave(leaving.get());
            }
            if (thread.getState() != Thread.State.NEW) {
                thread.interrupt();
                thread.join(LEAVE_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void leave(SMPPSession session) throws InterruptedException {
        session.setTransactionTimer(LEAVE_MAX.toMillis());
        // A peer that stopped reading could hold up the write: then the socket is closed under it.
        Thread unbinding = Thread.ofVirtual().name("smpp-unbind").start(session::unbindAndClose);
        if (!unbinding.join(LEAVE_MAX)) {
            session.close();
        }
    }
}
