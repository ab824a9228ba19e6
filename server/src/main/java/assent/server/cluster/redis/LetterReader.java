package assent.server.cluster.redis;

import assent.server.cluster.Letter;
import assent.server.cluster.LetterBox;
import assent.server.cluster.LetterBytes;
import assent.server.redis.DedicatedConnection;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.GatewayId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads this gateway's box on a thread of its own, for as long as it lives.
///
/// *No gap goes unnoticed.* On every new connection the box is read from its beginning, and everything is
/// looked at that any letter could have been about: while there was no connection a letter may have been
/// lost with a failing node. On a connection, letters come one after the other, and only the cap can cut off
/// some that were not read. Then more are there than one reading takes; so after a full one this looks
/// whether the last letter from before is still there.
///
/// Between two connections letters are read twice; none says anything wrong the second time.
final class LetterReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LetterReader.class);

    /// Letters that are taken at once.
    static final int TURN_MAX = 500;

    /// How long a reading waits for a letter; also how long [#isPassed] may take on a quiet gateway.
    static final Duration BLOCK = Duration.ofMillis(250);

    /// Read letters that may lie in the box.
    private static final int READ_MAX = 1_000;

    private static final Duration RETRY_MIN = Duration.ofMillis(50);
    private static final Duration RETRY_MAX = Duration.ofSeconds(1);

    private final RedisLink link;
    private final byte[] key;
    private final LetterBox box;
    private final Thread thread;
    private final AtomicLong begun = new AtomicLong();
    private volatile long emptied;
    private volatile boolean closed;
    private volatile @Nullable DedicatedConnection connection;
    private String lastRead = Entry.BEFORE_ALL;
    private int readSinceTrim;

    LetterReader(RedisLink link, GatewayId self, LetterBox box) {
        this.link = link;
        this.key = Box.key(self);
        this.box = box;
        this.thread = Thread.ofPlatform().name("assent-letters").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// As [assent.server.cluster.Post#mark].
    long mark() {
        return begun.get() + 1;
    }

    /// As [assent.server.cluster.Post#isPassed].
    boolean isPassed(long mark) {
        return emptied >= mark;
    }

    /// The connection is doubtful, or letters may have been lost: begin anew.
    void beginAnew() {
        var current = connection;
        if (current != null) {
            current.close();
        }
    }

    private void run() {
        Duration pause = RETRY_MIN;
        while (!closed) {
            try (var current = link.dedicated(key)) {
                connection = current;
                if (pause.compareTo(RETRY_MIN) > 0) {
                    LOG.info("Letters from other gateways can be read again.");
                }
                pause = RETRY_MIN;
                lastRead = Entry.BEFORE_ALL;
                box.mayHaveMissed();
                while (!closed) {
                    turn(current);
                }
            } catch (RedisException e) {
                if (!closed) {
                    if (pause.equals(RETRY_MIN)) {
                        LOG.info("Letters from other gateways cannot be read now: {}", e.getMessage());
                    }
                    LockSupport.parkNanos(pause.toNanos());
                    pause = pause.multipliedBy(2).compareTo(RETRY_MAX) < 0 ? pause.multipliedBy(2) : RETRY_MAX;
                }
            }
        }
    }

    private void turn(DedicatedConnection current) throws RedisException {
        String before = lastRead;
        long turn = begun.incrementAndGet();
        List<Entry> entries = Entry.ofRead(current.run(Box.read(key, before, TURN_MAX, BLOCK), BLOCK));
        if (entries.size() == TURN_MAX && isCutOff(current, before)) {
            LOG.warn("More than {} letters waited: all sessions look whether one was for them.", Box.LETTERS_MAX);
            box.mayHaveMissed();
        }
        entries.forEach(entry -> take(entry.value().borrow()));
        if (!entries.isEmpty()) {
            lastRead = entries.getLast().id();
            readSinceTrim += entries.size();
        }
        if (entries.size() < TURN_MAX) {
            emptied = turn;
            if (readSinceTrim >= READ_MAX || entries.isEmpty()) {
                trim(current);
            }
        }
    }

    private boolean isCutOff(DedicatedConnection current, String before) throws RedisException {
        if (before.equals(Entry.BEFORE_ALL)) {
            return false; // everything is being looked at
        }
        List<Entry> oldest = Entry.ofRange(current.run(Box.oldest(key), Duration.ZERO));
        return oldest.isEmpty() || Entry.isBehind(oldest.getFirst().id(), before);
    }

    private void trim(DedicatedConnection current) throws RedisException {
        if (readSinceTrim > 0) {
            readSinceTrim = 0;
            current.run(Box.trim(key, lastRead), Duration.ZERO);
        }
    }

    private void take(byte[] value) {
        try {
            LetterBytes.read(value).ifPresent(this::take);
        } catch (RuntimeException e) {
            LOG.error("A letter of another gateway could not be taken in. This is a bug.", e);
        }
    }

    private void take(Letter letter) {
        box.take(letter);
    }

    @Override
    public void close() {
        closed = true;
        beginAnew();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
