package assent.server.cluster.redis;

import assent.server.cluster.Member;
import assent.server.cluster.Members;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.redis.Script;
import assent.server.store.GatewayId;
import assent.server.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The members in Redis: one hash, a field for each gateway. It is for operators to look at: nothing that sessions or
/// texts depend on goes by it. So it has a thread of its own, and holds nobody up if Redis does not answer.
/// Thread-safe.
final class RedisMembers implements Members, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisMembers.class);

    /// How long a gateway that says nothing is shown.
    static final Duration SHOWN = Duration.ofMinutes(1);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final int FIELDS = 3;
    private static final byte[] KEY = Box.bytes("gateways");
    private static final byte[][] KEYS = {KEY};
    private static final Script SAY = Script.of(RedisMembers.class, "member-say.lua");
    private static final Script LIST = Script.of(RedisMembers.class, "member-list.lua");

    private final RedisLink link;
    private final GatewayId self;
    private final LeaseTimes times;
    private final Supplier<Member> now;
    private final Lease lease;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    RedisMembers(RedisLink link, GatewayId self, LeaseTimes times, Lease lease, Supplier<Member> now) {
        this.link = link;
        this.self = self;
        this.times = times;
        this.lease = lease;
        this.now = now;
        this.thread = Thread.ofPlatform().name("assent-members").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public GatewayId self() {
        return self;
    }

    @Override
    public Optional<String> trouble() {
        return lease.trouble();
    }

    @Override
    public void changed() {
        changes.release();
    }

    private void run() {
        while (!closed) {
            say();
            try {
                changes.tryAcquire(times.renewEvery().toMillis(), TimeUnit.MILLISECONDS);
                changes.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void say() {
        byte[] text = now.get().text().getBytes(StandardCharsets.UTF_8);
        byte[] kept = Box.bytes(Long.toString(SHOWN.toMillis()));
        try {
            link.read(List.of(SAY.inFull(KEYS, self.toArray(), text, kept)));
        } catch (RedisException e) {
            LOG.debug("the others cannot be told how this gateway is: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("This gateway could not say how it is. This is a bug.", e);
        }
    }

    @Override
    public Seen own() {
        return new Seen(self, now.get(), Duration.ZERO, false);
    }

    @Override
    public List<Seen> list() throws StoreException {
        List<?> rows;
        try {
            byte[] kept = Box.bytes(Long.toString(SHOWN.toSeconds()));
            rows = (List<?>) link.read(List.of(LIST.inFull(KEYS, kept))).getFirst();
        } catch (RedisException e) {
            throw new StoreException("Redis cannot say which gateways there are: " + e.getMessage(), e);
        }
        var all = new ArrayList<Seen>();
        all.add(own());
        for (int i = 0; i + FIELDS <= rows.size(); i += FIELDS) {
            GatewayId id = GatewayId.read((byte[]) rows.get(i), 0);
            if (!id.equals(self)) {
                Duration silent = Duration.ofSeconds(Long.parseLong(text(rows.get(i + 1))));
                boolean isLost = silent.compareTo(times.lease()) > 0;
                all.add(new Seen(id, Member.parse(text(rows.get(i + 2))), silent, isLost));
            }
        }
        return all;
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    /// This gateway is no more.
    @Override
    public void close() {
        closed = true;
        changed();
        try {
            if (thread.join(STOP_WITHIN)) {
                link.read(List.of(Command.of(Command.Name.HDEL, KEY, KEY, self.toArray())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RedisException e) {
            LOG.debug("the others see for a while that this gateway is silent", e);
        }
    }
}
