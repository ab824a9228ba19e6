package assent.sim.faults;

import assent.protocol.ProofMethod;
import assent.sim.demo.Approvals;
import assent.sim.demo.DemoFailure;
import assent.sim.demo.DemoPhone;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Files of a store that was closed change while no gateway looks: a bit flips, or the end of a file is
/// gone. A gateway is started on each such store; then on an undamaged copy, as operators do who have a
/// backup.
final class DamageFault implements Fault {
    private static final int ROUNDS_SHORT = 1;
    private static final int ROUNDS_LONG = 10;
    private static final int TEXTS = 300;
    private static final int TORN_BYTES_MAX = 200;
    private static final Duration SHOWN_MAX = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "damage";
    }

    @Override
    public String promise() {
        return "a flipped bit or a torn end in a closed store is found at the start, and nothing is changed;"
                + " a backup is good";
    }

    /// What happens to a file.
    private enum Damage {
        FLIPPED_BIT,
        TORN_END
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var random = new Random(setting.seed());
        Path data = setting.scratch().resolve("data");
        Path log = setting.scratch().resolve("gateway.log");
        var extras = new Extras(Setting.quickCarrier(), setting.environment(), Optional.of(log));
        try (Stage stage = Stages.open(setting, data, extras)) {
            Phones phones = Phones.of(stage, new RandomNumbers(random));
            DemoPhone from = activated(phones);
            DemoPhone to = activated(phones);
            var letters = new Letters(from, to);
            to.leave();
            sendSome(letters);
            stage.stopGateway();
            stage.startGatewayAgain(); // what the log held goes into tables
            sendSome(letters);
            stage.stopGateway();
            Path store = data.resolve("store");
            Path backup = setting.scratch().resolve("backup");
            copy(store, backup);
            for (int i = 0; i < setting.scale(ROUNDS_SHORT, ROUNDS_LONG); i++) {
                for (String kind : List.of(".sst", ".log", "MANIFEST-")) {
                    for (Damage damage : Damage.values()) {
                        Path file = one(store, kind, random);
                        hit(file, damage, random);
                        expectRefused(draft, stage, store, damage + " in " + file.getFileName());
                        copy(backup, store);
                    }
                }
            }
            long startedNanos = System.nanoTime();
            stage.tryToStartGateway();
            draft.recovered(Duration.ofNanos(System.nanoTime() - startedNanos));
            to.comeBack();
            draft.add(letters.verdict(SHOWN_MAX));
        }
        return draft.done();
    }

    private static DemoPhone activated(Phones phones) throws InterruptedException {
        DemoPhone phone = phones.fresh();
        Approvals.activate(phone, ProofMethod.DEVICE_SMS);
        return phone;
    }

    private static void sendSome(Letters letters) throws InterruptedException {
        for (int i = 0; i < TEXTS; i++) {
            letters.send("waits in the store, " + i);
        }
    }

    private static void expectRefused(FaultReport.Draft draft, Stage stage, Path store, String what)
            throws InterruptedException {
        String before = fingerprint(store);
        draft.struck();
        try {
            stage.tryToStartGateway();
            draft.expect(false, "a gateway refuses to start with a " + what);
            stage.stopGateway();
        } catch (DemoFailure e) {
            String words = String.valueOf(e.getMessage());
            draft.expect(
                    words.contains("The store in " + store + " is damaged") && words.contains("put back a backup"),
                    "a gateway says what is wrong with a " + what + ", not: " + words);
            draft.expect(fingerprint(store).equals(before), "nothing is changed in a store with a " + what);
        }
    }

    /// Names and sizes; the texts for people, and the lock, do not count.
    private static String fingerprint(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            var all = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.startsWith("LOG") && !name.equals("LOCK")) {
                    all.append(name).append(' ').append(Files.size(file)).append('\n');
                }
            }
            return all.toString();
        } catch (IOException e) {
            throw new DemoFailure("the store's folder cannot be read: " + e, e);
        }
    }

    /// A file of this kind that is not empty.
    private static Path one(Path folder, String kind, Random random) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(
                            file -> String.valueOf(file.getFileName()).contains(kind))
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
            if (all.isEmpty()) {
                throw new DemoFailure("the store has no file like " + kind + ", so none can be damaged");
            }
            return all.get(random.nextInt(all.size()));
        } catch (IOException e) {
            throw new DemoFailure("the store's folder cannot be read: " + e, e);
        }
    }

    private static void hit(Path file, Damage damage, Random random) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            switch (damage) {
                case FLIPPED_BIT -> {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                    Files.write(file, bytes);
                }
                case TORN_END -> {
                    int gone = 1 + random.nextInt(Math.min(bytes.length, TORN_BYTES_MAX));
                    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - gone));
                }
            }
        } catch (IOException e) {
            throw new DemoFailure("a file of the store cannot be changed: " + e, e);
        }
    }

    /// Makes `to` the same as `from`.
    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
            try (Stream<Path> old = Files.list(to)) {
                for (Path file : old.toList()) {
                    Files.delete(file);
                }
            }
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
                }
            }
        } catch (IOException e) {
            throw new DemoFailure("the store cannot be copied: " + e, e);
        }
    }
}
