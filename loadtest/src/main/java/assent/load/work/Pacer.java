package assent.load.work;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Has the pairs of one event loop send by a schedule, in an order shuffled once. A text whose time has
/// come is sent (or waits at its pair) with that time as its own, however late the loop is. Confined to
/// its event loop.
final class Pacer {
    private final EventLoop loop;
    private final List<Pair> pairs;
    private final Schedule schedule;
    private final long texts;
    private long beganNanos;
    private long next;
    private boolean stopped;

    Pacer(EventLoop loop, List<Pair> pairs, Schedule schedule) {
        this.loop = loop;
        this.pairs = new ArrayList<>(pairs);
        Collections.shuffle(this.pairs, new Random(pairs.size()));
        this.schedule = schedule;
        this.texts = pairs.isEmpty() ? 0 : schedule.texts();
    }

    void begin() {
        beganNanos = System.nanoTime();
        sendDue();
    }

    /// Sends what is due by now, and nothing more.
    void stop() {
        sendDue();
        stopped = true;
    }

    private void sendDue() {
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        long due = 0;
        while (next < texts && (due = beganNanos + schedule.nanos(next)) - now <= 0) {
            pairs.get((int) (next % pairs.size())).send(due);
            next++;
        }
        if (next < texts) {
            loop.schedule(this::sendDue, Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }
}
