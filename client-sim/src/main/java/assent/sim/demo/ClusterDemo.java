package assent.sim.demo;

import assent.device.Backoff;
import assent.device.DeviceConfig;
import assent.device.DeviceFolder;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Four phones that know all gateways of a cluster approve, and two pairs of them send texts back and
/// forth; then the files of all gateways and of Redis are searched. Immutable.
///
/// @param count of texts, half of them in each pair
/// @param kills of a gateway, at moments that `seed` says
/// @param startedAtNanos when the whole demo began
record ClusterDemo(
        ClusterStage stage,
        TextFile.Source texts,
        long count,
        int kills,
        long seed,
        long startedAtNanos,
        PrintWriter err) {
    static final int PHONES = 4;
    private static final String LOCALE = "en";
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    /// Blocks.
    ///
    /// @throws DemoFailure if it cannot be carried to its end
    DemoResult run(RandomNumbers numbers) throws InterruptedException {
        var phones = new ArrayList<DemoPhone>();
        for (int i = 1; i <= PHONES; i++) {
            DemoPhone phone = phone(i, numbers.next());
            Approvals.activate(phone, i % 2 == 1 ? ProofMethod.SMS_CODE : ProofMethod.DEVICE_SMS);
            phones.add(phone);
        }
        say("four phones are activated, at " + stage.size() + " gateways");
        var first = exchange(phones.get(0), phones.get(1), count - count / 2);
        var second = exchange(phones.get(2), phones.get(3), count / 2);
        exchangeAll(first, second);
        List<PhoneNumber> used = phones.stream().map(DemoPhone::number).toList();
        Histogram latencies = first.latenciesMicros();
        latencies.add(second.latenciesMicros());
        return new DemoResult(
                used,
                count,
                first.tally().plus(second.tally()),
                latencies,
                phones.stream().mapToLong(DemoPhone::receipts).sum(),
                kills,
                search(
                        used,
                        Stream.concat(first.canaries().stream(), second.canaries().stream())
                                .toList()),
                Duration.ofNanos(System.nanoTime() - startedAtNanos),
                stage.folders().kept());
    }

    private DemoPhone phone(int which, PhoneNumber number) {
        PhoneWorld world = stage.world();
        var phone = new DemoPhone(world.handset(number));
        phone.use(world.device(
                DeviceConfig.of(world.gateways(), LOCALE).with(BACKOFF),
                DeviceFolder.open(stage.folders().phone(which), world.network().journals()),
                phone));
        return phone;
    }

    private Exchange exchange(DemoPhone one, DemoPhone other, long texts) {
        return new Exchange(one, other, this.texts, texts, DemoLimits.standard(), new Progress(err, texts));
    }

    /// Both at the same time; what goes wrong in one ends the other.
    private void exchangeAll(Exchange first, Exchange second) throws InterruptedException {
        var failure = new AtomicReference<@Nullable RuntimeException>();
        Thread main = Thread.currentThread();
        Thread other = Thread.ofVirtual().name("second-exchange").start(() -> {
            try {
                second.run(List.of(Absences.of(count / 2)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failure.set(e);
                main.interrupt();
            }
        });
        try {
            first.run(disturbances());
            other.join();
        } catch (InterruptedException e) {
            throwIfAny(failure.get());
            throw e;
        } finally {
            other.interrupt();
        }
        throwIfAny(failure.get());
    }

    private static void throwIfAny(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }

    private List<Exchange.Disturbance> disturbances() {
        var disturbances = new ArrayList<Exchange.Disturbance>();
        disturbances.add(Absences.of(count - count / 2));
        if (kills > 0) {
            say("gateways will be killed " + kills + " times (--seed " + seed + ")");
            var random = new Random(seed);
            disturbances.add(Kills.random(
                    kills, count - count / 2, random, () -> killOne(random.nextInt(stage.size())), this::say));
        }
        return disturbances;
    }

    private void killOne(int which) throws InterruptedException {
        stage.killGateway(which);
        stage.startGatewayAgain(which);
    }

    private Search.Found search(List<PhoneNumber> numbers, List<String> canaries) {
        var search = new Search(numbers, canaries);
        try {
            Search.Found gateways = search.in(stage.folders().data());
            Search.Found redis = search.in(stage.redis().folder());
            return new Search.Found(
                    Stream.concat(gateways.hits().stream(), redis.hits().stream())
                            .toList(),
                    gateways.files() + redis.files(),
                    gateways.bytes() + redis.bytes());
        } catch (IOException e) {
            throw new DemoFailure("what the gateways and Redis have written cannot be searched: " + e, e);
        }
    }

    private void say(String what) {
        err.println("cluster: " + what);
        err.flush();
    }
}
