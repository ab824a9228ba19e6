package assent.server.cluster.redis;

import assent.protocol.PhoneNumber;
import assent.server.cluster.Letter;
import assent.server.cluster.Post;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisWriter;
import assent.server.store.GatewayId;
import assent.server.store.Seat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts letters into other gateways' boxes, on a thread of its own: what has gathered goes out as one pipeline.
final class RedisPost implements Post, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisPost.class);

    /// Letters that wait; further ones are dropped, and counted.
    static final int WAITING_MAX = 20_000;

    private static final int BATCH_MAX = 1_000;
    private static final int TRIES_MAX = 50;
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final RedisLink link;
    private final GatewayId self;
    private final LetterReader reader;
    private final RedisSeats seats;
    private final BlockingQueue<Outgoing> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Counter dropped;
    private final Thread thread;
    private volatile boolean closed;

    /// A letter, and to whom.
    private sealed interface Outgoing {}

    private record Addressed(GatewayId to, Letter letter) implements Outgoing {}

    private record ToSeat(PhoneNumber number, Function<Seat, Letter> letter) implements Outgoing {}

    RedisPost(RedisLink link, GatewayId self, LetterReader reader, RedisSeats seats, MeterRegistry meters) {
        this.link = link;
        this.self = self;
        this.reader = reader;
        this.seats = seats;
        this.dropped = Counter.builder("assent.cluster.letters.dropped")
                .description("Letters to other gateways that Redis did not take, or that were too many")
                .register(meters);
        this.thread = Thread.ofPlatform().name("assent-post").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void send(GatewayId to, Letter letter) {
        if (!to.equals(self)) {
            offer(new Addressed(to, letter));
        }
    }

    @Override
    public void follow(PhoneNumber number, Function<Seat, Letter> letter) {
        offer(new ToSeat(number, letter));
    }

    private void offer(Outgoing outgoing) {
        if (!waiting.offer(outgoing)) {
            dropped.increment();
        }
    }

    @Override
    public long mark() {
        return reader.mark();
    }

    @Override
    public boolean isPassed(long mark) {
        return reader.isPassed(mark);
    }

    private void run() {
        var batch = new ArrayList<Outgoing>(BATCH_MAX);
        try (RedisWriter writer = link.writer(List.of())) {
            while (!closed || !waiting.isEmpty()) {
                var first = waiting.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH_MAX - 1);
                    send(writer, batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the post is closed with {} letters", waiting.size());
        }
    }

    /// Tries again while Redis is in trouble, for a while: letters that come meanwhile wait, up to the limit.
    private void send(RedisWriter writer, List<Outgoing> batch) throws InterruptedException {
        for (int i = 0; i < TRIES_MAX; i++) {
            try {
                var letters = addressed(writer, batch);
                if (!letters.isEmpty()) {
                    writer.run(letters);
                }
                return;
            } catch (RedisException e) {
                LOG.debug("letters wait: {}", e.getMessage());
                Thread.sleep(RETRY);
            }
        }
        dropped.increment(batch.size());
    }

    private List<Command> addressed(RedisWriter writer, List<Outgoing> batch) throws RedisException {
        var commands = new ArrayList<Command>(batch.size());
        var toSeats = new ArrayList<ToSeat>();
        for (Outgoing outgoing : batch) {
            switch (outgoing) {
                case Addressed(var to, var letter) -> commands.add(Box.put(to, letter));
                case ToSeat toSeat -> toSeats.add(toSeat);
            }
        }
        if (!toSeats.isEmpty()) {
            var found = writer.run(
                    toSeats.stream().map(one -> seats.finding(one.number())).toList());
            for (int i = 0; i < found.size(); i++) {
                Function<Seat, Letter> letter = toSeats.get(i).letter();
                RedisSeats.seat(found.get(i))
                        .filter(seat -> !seat.gateway().equals(self))
                        .ifPresent(seat -> commands.add(Box.put(seat.gateway(), letter.apply(seat))));
            }
        }
        return commands;
    }

    /// Sends what waits, for at most two seconds.
    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(Duration.ofSeconds(2))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
