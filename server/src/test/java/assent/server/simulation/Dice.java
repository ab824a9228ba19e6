package assent.server.simulation;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// All chance of one simulation, out of its seed. Confined to one thread.
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    boolean oneIn(int times) {
        return times > 0 && random.nextInt(times) == 0;
    }

    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    Duration upTo(Duration max) {
        return Duration.ofNanos(random.nextLong(max.toNanos() + 1));
    }

    Duration between(Duration from, Duration to) {
        return from.plus(upTo(to.minus(from)));
    }

    <T> T oneOf(List<T> many) {
        return many.get(random.nextInt(many.size()));
    }

    MessageId messageId() {
        return new MessageId(random.nextLong(), random.nextLong());
    }

    DeviceId deviceId() {
        return new DeviceId(random.nextLong(), random.nextLong());
    }
}
