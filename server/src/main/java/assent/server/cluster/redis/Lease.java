package assent.server.cluster.redis;

import assent.server.cluster.LetterBox;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.GatewayId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says again and again that this gateway lives. One thread asks Redis, which may hang; another looks at the clock,
/// and never does.
///
/// | what happens | then |
/// |---|---|
/// | Redis says yes | the box stays for another [LeaseTimes#lease] |
/// | the box is gone although it was prolonged in time: Redis lost it | it is made anew; letters may have been lost, so
/// everything is looked at |
/// | nothing was heard from Redis for [LeaseTimes#fence], or this process stood still so long | other gateways may take
/// this one for dead: its sessions end, before the box can be gone |
/// | this gateway's clock is off ([ClockWatch]) | its sessions end, and those that come: other gateways have the time |
final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final RedisLink link;
    private final byte[] key;
    private final LeaseTimes times;
    private final ClockWatch clocks;
    private final LetterBox box;
    private final Runnable lettersMayBeLost;
    private final Thread asking;
    private final Thread watching;
    private volatile boolean closed;
    private volatile long heardAtNanos;
    /// Confined to the asking thread.
    private boolean isTrouble;

    /// Written by the watching thread alone.
    private volatile boolean isFenced;

    Lease(
            RedisLink link,
            GatewayId self,
            LeaseTimes times,
            ClockWatch clocks,
            LetterBox box,
            Runnable lettersMayBeLost) {
        this.link = link;
        this.key = Box.key(self);
        this.times = times;
        this.clocks = clocks;
        this.box = box;
        this.lettersMayBeLost = lettersMayBeLost;
        this.asking = Thread.ofPlatform().name("assent-lease").unstarted(this::ask);
        this.watching = Thread.ofPlatform().name("assent-fence").unstarted(this::watch);
    }

    /// Makes the box.
    ///
    /// @throws RedisException if Redis does not take it
    void start() throws RedisException {
        make();
        asking.start();
        watching.start();
    }

    private void make() throws RedisException {
        long asked = System.nanoTime();
        link.read(List.of(Box.make(key), Box.prolong(key, times.lease())));
        heardAtNanos = asked;
    }

    private void watch() {
        while (pause()) {
            boolean isSilent = System.nanoTime() - heardAtNanos >= times.fence().toNanos();
            if (isSilent && !isFenced) {
                LOG.warn("Nothing was heard from Redis for {}: phones are sent to other gateways.", times.fence());
            }
            isFenced = isSilent;
            if (isSilent || clocks.isOff()) {
                box.fenced(); // again and again, since one may have come in meanwhile
            }
        }
    }

    /// Why this gateway sends its phones to others; empty if it does not. Thread-safe.
    Optional<String> trouble() {
        if (isFenced) {
            return Optional.of("nothing is heard from Redis; phones are sent to other gateways");
        }
        return clocks.isOff()
                ? Optional.of(
                        "the clock is not that of Redis; phones are sent to other gateways, and the log says more")
                : Optional.empty();
    }

    private void ask() {
        while (pause()) {
            try {
                renew();
                clocks.look();
                if (isTrouble) {
                    isTrouble = false;
                    lettersMayBeLost.run();
                    LOG.info("Redis answers again; this gateway is one of the cluster's.");
                }
            } catch (RedisException e) {
                isTrouble = true;
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

    /// Gives the box up: whatever is sent to this gateway from now on is for nobody.
    @Override
    public void close() {
        closed = true;
        watching.interrupt();
        asking.interrupt();
        try {
            asking.join(STOP_WITHIN);
            link.read(List.of(Box.remove(key)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RedisException e) {
            LOG.debug("the box expires by itself", e);
        }
    }
}
