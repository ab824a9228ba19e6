package assent.load.server;

import assent.load.driver.Activator;
import assent.load.driver.CodeDesk;
import assent.load.driver.LoadNetwork;
import assent.load.phones.Phone;
import assent.load.phones.PhoneBook;
import assent.protocol.PhoneNumber;
import assent.sim.demo.RandomNumbers;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/// Sees to it that there are enough activated phones: those that are missing are activated by the real
/// handshake, many at a time, and written down.
public final class Crowd {
    /// Activations under way at a time: half of what a gateway lets wait for its carrier by default.
    private static final int AT_ONCE = 128;

    /// Written down at a time.
    private static final int BATCH = 1_024;

    private static final Duration ONE_BATCH_MAX = Duration.ofMinutes(2);

    private Crowd() {}

    /// Hears of each activation.
    @FunctionalInterface
    public interface Watcher {
        /// @param index of the phone
        void activated(int index, long nanos);
    }

    /// Blocks.
    ///
    /// @param watcher on the event loop
    /// @param progress hears how many there are
    public static void ensure(
            StateFolder state, Gateway.Running gateway, int count, Watcher watcher, IntConsumer progress) {
        PhoneBook book = state.phones();
        List<Phone> known = book.read();
        if (known.size() >= count) {
            return;
        }
        var taken = new HashSet<PhoneNumber>();
        known.forEach(phone -> taken.add(phone.number()));
        var numbers = new RandomNumbers(new Random());
        try (var network = new LoadNetwork(1)) {
            var activator = new Activator(network, gateway.server().target(), new CodeDesk(gateway.carrier()));
            EventLoop loop = network.loops().getFirst();
            for (int from = known.size(); from < count; from += BATCH) {
                int until = Math.min(count, from + BATCH);
                List<PhoneNumber> fresh = Stream.generate(() -> fresh(numbers, taken))
                        .limit(until - from)
                        .toList();
                book.append(batch(activator, loop, from, fresh, watcher));
                progress.accept(until);
            }
        }
    }

    private static List<Phone> batch(
            Activator activator, EventLoop loop, int from, List<PhoneNumber> numbers, Watcher watcher) {
        var room = new Semaphore(AT_ONCE);
        var under = new ArrayList<CompletableFuture<Phone>>();
        for (int i = 0; i < numbers.size(); i++) {
            int index = from + i;
            room.acquireUninterruptibly();
            long began = System.nanoTime();
            under.add(activator.activate(index, numbers.get(i), loop));
            under.getLast().whenComplete((_, failure) -> {
                room.release();
                if (failure == null) {
                    watcher.activated(index, System.nanoTime() - began);
                }
            });
        }
        try {
            CompletableFuture.allOf(under.toArray(CompletableFuture[]::new))
                    .orTimeout(ONE_BATCH_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return under.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw new LoadFailure("phones could not be activated: " + e.getCause() + "; see the gateway's log", e);
        }
    }

    private static PhoneNumber fresh(RandomNumbers numbers, Set<PhoneNumber> taken) {
        PhoneNumber number = numbers.next();
        while (!taken.add(number)) {
            number = numbers.next();
        }
        return number;
    }
}
