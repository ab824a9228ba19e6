package assent.server.store.redis;

import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activation;
import static assent.server.store.Fixtures.consent;
import static assent.server.store.Fixtures.text;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.redis.RedisAddress;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisSettings;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.MessageState;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.Write;
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisReplicas;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a message costs in Redis with one replica that confirms, and what a user takes there. Prints a table;
/// run it with the test class path. The CPU of the gateway's side is the committer thread's; that of Redis
/// is the primary's, from `INFO`.
final class RedisStoreSpeed {
    private static final int MAILBOXES = 500;
    private static final int USERS = 2_000;

    private final RedisReplicas redis;
    private final Store store;
    private final List<PhoneNumber> numbers = new ArrayList<>();
    private final List<DeviceId> devices = new ArrayList<>();

    private RedisStoreSpeed(RedisReplicas redis, Store store) {
        this.redis = redis;
        this.store = store;
    }

    public static void main(String[] arguments) throws Exception {
        try (var redis = RedisReplicas.start(RedisOptions.inMemory(), 1);
                var link = RedisLink.open(RedisSettings.of(
                                redis.servers().stream()
                                        .map(server -> RedisAddress.parse(server.address()))
                                        .toList(),
                                false)
                        .withReplicasRequired(1, Duration.ofSeconds(2)));
                var store = RedisStore.open(
                        link, Keys.ephemeral(), RedisStoreConfig.defaults(), Suspension.NONE, () -> NOW)) {
            var speed = new RedisStoreSpeed(redis, store);
            speed.users();
            for (int round = 0; round < 3; round++) {
                speed.messages(100, 30_000);
                speed.messages(1, 1_000);
            }
            speed.outcomes();
            speed.waiting();
        }
    }

    private long memory() {
        return Long.parseLong(info("memory", "used_memory_dataset"));
    }

    private double cpuSeconds() {
        Map<String, String> cpu = redis.primary().info("cpu");
        return Double.parseDouble(cpu.getOrDefault("used_cpu_user", "0"))
                + Double.parseDouble(cpu.getOrDefault("used_cpu_sys", "0"));
    }

    private String info(String section, String field) {
        return redis.primary().info(section).getOrDefault(field, "0");
    }

    private void users() throws StoreException {
        long before = memory();
        for (int i = 0; i < USERS; i++) {
            numbers.add(PhoneNumber.parse("+9112345" + (10_000 + i)));
            devices.add(activateInFull(numbers.getLast()));
        }
        System.out.printf("a user without texts: %d bytes of used_memory_dataset%n", (memory() - before) / USERS);
    }

    /// Documents as long as real ones.
    private DeviceId activateInFull(PhoneNumber number) throws StoreException {
        Consent sample = consent();
        var consent =
                new Consent(sample.id(), Bytes.wrap(new byte[400]), Bytes.wrap(new byte[64]), sample.notice(), NOW);
        Activation plain = activation(number, consent.id());
        Activation full = plain.on(consent.id(), "1", Bytes.wrap(new byte[900]), Bytes.wrap(new byte[64]));
        store.apply(
                List.of(new Write.PutConsent(consent, NOW.plus(Duration.ofHours(1))), new Write.Activate(full, NOW)));
        return full.deviceId();
    }

    private void messages(int batch, int messages) throws StoreException {
        double redisBefore = cpuSeconds();
        long cpuBefore = cpuNanos();
        long startedNanos = System.nanoTime();
        for (int done = 0; done < messages; done += batch) {
            take(put(done, batch));
        }
        System.out.printf(
                "put and taken out, batches of %d: %.1f us CPU of the gateway, %.1f us of Redis, %.0f a second%n",
                batch,
                (cpuNanos() - cpuBefore) / 1e3 / messages,
                (cpuSeconds() - redisBefore) * 1e6 / messages,
                messages * 1e9 / (System.nanoTime() - startedNanos));
    }

    private List<Write.Result> put(int from, int count) throws StoreException {
        List<Write<?>> puts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int to = (from + i) % MAILBOXES;
            puts.add(text(numbers.get(to), BEN, devices.get((to + 1) % MAILBOXES), "x".repeat(80)));
        }
        return store.apply(puts);
    }

    private void take(List<Write.Result> results) throws StoreException {
        List<Write<?>> takes = new ArrayList<>();
        for (Write.Result result : results) {
            var there = (Write.Appended) result;
            takes.add(new Write.Remove(there.mailbox(), List.of(there.sequence()), MessageState.DELIVERED));
        }
        store.apply(takes);
    }

    private void outcomes() throws StoreException {
        long before = memory();
        for (int i = 0; i < 20; i++) {
            take(put(0, MAILBOXES));
        }
        System.out.printf("a remembered outcome: %d bytes%n", (memory() - before) / (20 * MAILBOXES));
    }

    private void waiting() throws StoreException {
        long before = memory();
        for (int i = 0; i < 20; i++) {
            put(0, MAILBOXES);
        }
        System.out.printf("a waiting text of 80 bytes: %d bytes%n", (memory() - before) / (20 * MAILBOXES));
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
