package assent.server.cluster.redis;

import assent.protocol.PhoneNumber;
import assent.server.cluster.LetterBox;
import assent.server.cluster.Member;
import assent.server.cluster.Members;
import assent.server.cluster.Post;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisWriter;
import assent.server.store.AwaitedTextStore;
import assent.server.store.GatewayId;
import assent.server.store.SeatStore;
import assent.server.store.StepStore;
import assent.server.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One gateway's part in the cluster, from its start to its end. Thread-safe; [#start] and [#close] block.
public final class RedisMember implements AutoCloseable {
    private final GatewayId self;
    private final RedisSeats seats;
    private final RedisAwaitedTexts texts;
    private final LetterReader reader;
    private final RedisPost post;
    private final RedisWriter wakeUps;
    private final Lease lease;
    private final Relay box = new Relay();
    private final RedisLink link;
    private final LeaseTimes times;
    private volatile @Nullable RedisMembers members;

    /// With the standard times.
    public RedisMember(
            RedisLink link,
            GatewayId self,
            Function<PhoneNumber, byte[][]> seatKeys,
            ClockWatch clocks,
            MeterRegistry meters) {
        this(link, self, seatKeys, LeaseTimes.STANDARD, clocks, meters);
    }

    /// @param link outlives this
    /// @param self fresh for each run
    /// @param seatKeys where the store keeps a number's seat, and its activation
    /// @param clocks looked at with each word to Redis
    public RedisMember(
            RedisLink link,
            GatewayId self,
            Function<PhoneNumber, byte[][]> seatKeys,
            LeaseTimes times,
            ClockWatch clocks,
            MeterRegistry meters) {
        this.self = self;
        this.link = link;
        this.times = times;
        this.seats = new RedisSeats(link, self, seatKeys);
        this.texts = new RedisAwaitedTexts(link, self);
        this.reader = new LetterReader(link, self, box);
        this.post = new RedisPost(link, self, reader, seats, meters);
        this.wakeUps = link.writer(List.of());
        this.lease = new Lease(link, self, times, clocks, box, reader::beginAnew);
        link.onReplaced(reader::beginAnew); // its replica may not have had some seats, or letters
    }

    public SeatStore seats() {
        return seats;
    }

    public AwaitedTextStore awaitedTexts() {
        return texts;
    }

    public Post post() {
        return post;
    }

    /// The store for the committer: it tells the sessions of other gateways what a step put into their mailboxes.
    public StepStore wakening(StepStore store) {
        return new Wakening(store, wakeUps, self);
    }

    /// From now on letters come in, and the others see this gateway.
    ///
    /// @param now how this gateway is, asked on a thread of this
    /// @return it and the others
    /// @throws StoreException if Redis does not take this gateway's box
    public Members start(LetterBox letters, Supplier<Member> now) throws StoreException {
        box.goTo(letters);
        try {
            lease.start();
        } catch (RedisException e) {
            throw new StoreException("this gateway cannot join the others: " + e.getMessage(), e);
        }
        reader.start();
        post.start();
        var started = new RedisMembers(link, self, times, lease, now);
        members = started;
        started.start();
        return started;
    }

    /// Sends what waits, and takes letters no more. After the sessions have ended, and the committer.
    @Override
    public void close() {
        var started = members;
        if (started != null) {
            started.close();
        }
        post.close();
        reader.close();
        lease.close();
        wakeUps.close();
    }
}
