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
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// Sees to it that there are enough activated phones: those that are missing are activated by the real
/// handshake, many at a time, and written down.
public final class Crowd {
    /// Activations under way at a time: what the gateway lets wait for its carrier by default, and some
    /// room.
    private static final int AT_ONCE = 128;

    private static final Duration ONE_BATCH_MAX = Duration.ofMinutes(2);

    private Crowd() {}

    /// Blocks.
    ///
    /// @param progress hears how many there are
    public static void ensure(StateFolder state, Gateway.Running gateway, int count, IntConsumer progress) {
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
            for (int from = known.size(); from < count; from += AT_ONCE) {
                int until = Math.min(count, from + AT_ONCE);
                book.append(batch(activator, loop, from, until, numbers, taken));
                progress.accept(until);
            }
        }
    }

    private static List<Phone> batch(
            Activator activator, EventLoop loop, int from, int until, RandomNumbers numbers, Set<PhoneNumber> taken) {
        var under = new ArrayList<CompletableFuture<Phone>>();
        for (int i = from; i < until; i++) {
            under.add(activator.activate(i, fresh(numbers, taken), loop));
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
