package assent.server.cluster.redis;

import assent.server.cluster.LetterBox;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.GatewayId;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says again and again that this gateway lives, on a thread of its own.
///
/// | what happens | then |
/// |---|---|
/// | Redis says yes | the box stays for another [LeaseTimes#lease] |
/// | the box is gone although it was prolonged in time: Redis lost it | it is made anew; letters may have been lost, so everything is looked at |
/// | nothing was heard from Redis for [LeaseTimes#fence], or this process stood still so long | other gateways may take this one for dead: its sessions end, before the box can be gone |
final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final RedisLink link;
    private final byte[] key;
    private final LeaseTimes times;
    private final LetterBox box;
    private final Runnable lettersMayBeLost;
    private final Thread thread;
    private volatile boolean closed;
    private long heardAtNanos;
    private boolean isTrouble;

    Lease(RedisLink link, GatewayId self, LeaseTimes times, LetterBox box, Runnable lettersMayBeLost) {
        this.link = link;
        this.key = Box.key(self);
        this.times = times;
        this.box = box;
        this.lettersMayBeLost = lettersMayBeLost;
        this.thread = Thread.ofPlatform().name("assent-lease").unstarted(this::run);
    }

    /// Makes the box.
    ///
    /// @throws RedisException if Redis does not take it
    void start() throws RedisException {
        make();
        thread.start();
    }

    private void make() throws RedisException {
        long asked = System.nanoTime();
        link.read(List.of(Box.make(key), Box.prolong(key, times.lease())));
        heardAtNanos = asked;
    }

    private void run() {
        while (pause()) {
            fenceIfSilent();
            try {
                renew();
                if (isTrouble) {
                    isTrouble = false;
                    lettersMayBeLost.run();
                    LOG.info("Redis answers again; this gateway is one of the cluster's.");
                }
            } catch (RedisException e) {
                isTrouble = true;
                fenceIfSilent();
            }
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(times.renewEvery());
        } catch (InterruptedException e) {
            return false;
        }
        return !closed;
    }

    private void renew() throws RedisException {
        long asked = System.nanoTime();
        Object there = link.read(List.of(Box.prolong(key, times.lease()))).getFirst();
        heardAtNanos = asked;
        if (!Long.valueOf(1).equals(there)) {
            make();
            lettersMayBeLost.run();
        }
    }

    private void fenceIfSilent() {
        if (System.nanoTime() - heardAtNanos >= times.fence().toNanos()) {
            LOG.warn("Nothing was heard from Redis for {}: phones are sent to other gateways.", times.fence());
            box.fenced();
        }
    }

    /// Gives the box up: whatever is sent to this gateway from now on is for nobody.
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
            link.read(List.of(Box.remove(key)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RedisException e) {
            LOG.debug("the box expires by itself", e);
        }
    }
}
