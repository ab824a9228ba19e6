package assent.server.store.redis;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.PublicKey;
import assent.server.keys.Keys;
import assent.server.redis.RedisAddress;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisSettings;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.Fixtures;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.Write;
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisReplicas;
import assent.sim.redis.RedisServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the store costs in Redis: fills one with activations and texts, and prints what Redis says of
/// it. Not a test; `docs/operations.md` has the figures, and how to run it. Arguments: activations,
/// texts.
final class RedisCapacity {
    private static final int ACTIVATIONS = 20_000;
    private static final int TEXTS = 20_000;
    private static final int BATCH = 100;
    private static final String TEXT = "x".repeat(80);

    /// As the examples in `protocol-vectors.json` have.
    private static final int GRANT_BYTES = 407;

    private static final int RECEIPT_BYTES = 865;
    private static final int SIGNATURE_BYTES = 71;

    private final PublicKey deviceKey = KeyPair.generate().publicKey();
    private final PrintStream out = System.out;
    private final RedisReplicas redis;
    private final Store store;
    private final Instant now = Instant.now();

    private RedisCapacity(RedisReplicas redis, Store store) {
        this.redis = redis;
        this.store = store;
    }

    public static void main(String[] args) throws Exception {
        int activations = args.length > 0 ? Integer.parseInt(args[0]) : ACTIVATIONS;
        int texts = args.length > 1 ? Integer.parseInt(args[1]) : TEXTS;
        try (RedisReplicas redis = RedisReplicas.start(RedisOptions.inMemory(), 1)) {
            var settings = RedisSettings.of(
                    redis.servers().stream()
                            .map(server -> RedisAddress.parse(server.address()))
                            .toList(),
                    false);
            try (RedisLink link = RedisLink.open(settings);
                    Store store = RedisStore.open(
                            link,
                            Keys.ephemeral(),
                            RedisStoreConfig.defaults(),
                            Suspension.NONE,
                            InstantSource.system())) {
                new RedisCapacity(redis, store).run(activations, texts);
            }
        }
    }

    private RedisServer primary() {
        return redis.primary();
    }

    private long info(String section, String name) {
        return Long.parseLong(primary().info(section).getOrDefault(name, "0"));
    }

    private void run(int activations, int texts) throws StoreException, IOException {
        long emptyBytes = info("memory", "used_memory");
        List<Activation> all = activate(activations);
        long keys = (Long) primary().ask("DBSIZE");
        long activatedBytes = info("memory", "used_memory");
        print("activations", activations);
        print("bytes of memory for each", (activatedBytes - emptyBytes) / (double) activations);
        print("keys for each", keys / (double) activations);
        primary().ask("SAVE");
        print(
                "bytes in an RDB file for each",
                Files.size(primary().folder().resolve("dump.rdb")) / (double) activations);
        texts(all, texts, activatedBytes);
    }

    private List<Activation> activate(int count) throws StoreException {
        var all = new ArrayList<Activation>();
        for (int i = 0; i < count; i += BATCH) {
            List<Write<?>> batch = new ArrayList<>();
            for (int j = i; j < Math.min(count, i + BATCH); j++) {
                Consent consent = new Consent(
                        Fixtures.consent().id(),
                        filled(GRANT_BYTES),
                        filled(SIGNATURE_BYTES),
                        Bytes.utf8("a notice that all approve"),
                        now);
                var activation = new Activation(
                        PhoneNumber.parse(String.format(Locale.ROOT, "+9198%08d", j)),
                        DeviceId.random(),
                        deviceKey,
                        consent.id(),
                        "1",
                        filled(RECEIPT_BYTES),
                        filled(SIGNATURE_BYTES),
                        now);
                batch.add(new Write.PutConsent(consent, now.plus(Duration.ofMinutes(30))));
                batch.add(new Write.Activate(activation, now));
                all.add(activation);
            }
            store.apply(batch);
        }
        return all;
    }

    private static Bytes filled(int length) {
        return Bytes.wrap(new byte[length]);
    }

    private void texts(List<Activation> all, int count, long bytesBefore) throws StoreException {
        Traffic before = Traffic.of(primary());
        List<Write.Appended> waiting = new ArrayList<>();
        for (int i = 0; i < count; i += BATCH) {
            List<Write<?>> batch = new ArrayList<>();
            for (int j = i; j < Math.min(count, i + BATCH); j++) {
                batch.add(text(all.get(j % all.size()), all.get((j + 1) % all.size())));
            }
            store.apply(batch).forEach(result -> waiting.add((Write.Appended) result));
        }
        long waitingBytes = info("memory", "used_memory");
        print("texts that wait", count);
        print("bytes of memory for each, with 80 bytes of text", (waitingBytes - bytesBefore) / (double) count);
        Traffic.of(primary()).minus(before).print(this, "for each text that is queued", count);
        before = Traffic.of(primary());
        for (int i = 0; i < count; i++) {
            store.messages(waiting.get(i).mailbox(), 0, 100, 1 << 20, () -> now);
        }
        Traffic.of(primary()).minus(before).print(this, "for each look into a mailbox", count);
        before = Traffic.of(primary());
        for (int i = 0; i < count; i += BATCH) {
            List<Write<?>> batch = new ArrayList<>();
            for (Write.Appended one : waiting.subList(i, Math.min(count, i + BATCH))) {
                batch.add(new Write.Remove(one.mailbox(), List.of(one.sequence())));
            }
            store.apply(batch);
        }
        print("bytes of memory for each outcome", (info("memory", "used_memory") - bytesBefore) / (double) count);
        Traffic.of(primary()).minus(before).print(this, "for each text that is acknowledged", count);
    }

    private Write.Append text(Activation to, Activation from) {
        return new Write.Append(
                to.number(),
                Optional.empty(),
                MessageId.random(),
                from.number(),
                from.deviceId(),
                Body.text(TEXT),
                now,
                now.plus(Duration.ofDays(1)));
    }

    private void print(String what, double value) {
        out.printf(Locale.ROOT, "%-60s %,.1f%n", what, value);
    }

    /// What has gone over the primary's network, how many commands it has run, and its processor's time.
    private record Traffic(long in, long out, long replicated, double calls, double cpuMicros) {
        static Traffic of(RedisServer server) {
            Map<String, String> stats = server.info("stats");
            Map<String, String> cpu = server.info("cpu");
            double calls = server.info("commandstats").entrySet().stream()
                    .filter(entry ->
                            !entry.getKey().contains("info") && !entry.getKey().contains("replconf"))
                    .mapToDouble(entry -> Double.parseDouble(entry.getValue().replaceAll("^calls=([0-9]+),.*", "$1")))
                    .sum();
            return new Traffic(
                    Long.parseLong(stats.getOrDefault("total_net_input_bytes", "0")),
                    Long.parseLong(stats.getOrDefault("total_net_output_bytes", "0")),
                    Long.parseLong(stats.getOrDefault("total_net_repl_output_bytes", "0")),
                    calls,
                    1e6
                            * (Double.parseDouble(cpu.getOrDefault("used_cpu_user", "0"))
                                    + Double.parseDouble(cpu.getOrDefault("used_cpu_sys", "0"))));
        }

        Traffic minus(Traffic other) {
            return new Traffic(
                    in - other.in,
                    out - other.out,
                    replicated - other.replicated,
                    calls - other.calls,
                    cpuMicros - other.cpuMicros);
        }

        void print(RedisCapacity to, String what, int count) {
            to.print(what + ": bytes to Redis", in / (double) count);
            to.print(what + ": bytes from Redis, without its replica's", (out - replicated) / (double) count);
            to.print(what + ": bytes to the replica", replicated / (double) count);
            to.print(what + ": commands, scripts' own among them", calls / count);
            to.print(what + ": processor of the primary, µs", cpuMicros / count);
        }
    }
}
