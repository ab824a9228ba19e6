package assent.server.store.rocks;

import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activation;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What it costs to take one withdrawn number out of the files of a store with many others. Not a test:
/// run it as a program; arguments: how many other activations, how many texts wait for each.
final class ErasureCost {
    private static final Duration WITHIN = Duration.ofSeconds(3);
    private static final int STEP = 500;

    private ErasureCost() {}

    @SuppressWarnings("SystemOut") // a program for people
    public static void main(String[] arguments) throws Exception {
        int others = Integer.parseInt(arguments[0]);
        int texts = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("assent-erasure");
        try (var store = RocksStore.open(folder, Keys.ephemeral(), RocksConfig.DEFAULTS.withEraseWithin(WITHIN))) {
            List<Activation> activations = new ArrayList<>();
            for (int i = 0; i < others; i += STEP) {
                fill(store, activations, i, Math.min(STEP, others - i), texts);
            }
            for (int withdrawn : new int[] {1, 1, 1, 100}) {
                measure(store, activations, withdrawn);
            }
        }
    }

    private static void fill(RocksStore store, List<Activation> activations, int from, int count, int texts)
            throws Exception {
        List<Write<?>> step = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            PhoneNumber number = PhoneNumber.parse("+91" + (7_000_000_000L + i));
            // As long as the real documents.
            var consent = new Consent(
                    ConsentId.random(),
                    Bytes.wrap(new byte[400]),
                    Bytes.wrap(new byte[64]),
                    Bytes.utf8("a notice"),
                    NOW);
            Activation sample = activation(number, consent.id());
            var activation = new Activation(
                    number,
                    sample.deviceId(),
                    sample.deviceKey(),
                    consent.id(),
                    sample.noticeVersion(),
                    Bytes.wrap(new byte[900]),
                    Bytes.wrap(new byte[64]),
                    NOW);
            activations.add(activation);
            step.add(new Write.PutConsent(consent, NOW.plusSeconds(60)));
            step.add(new Write.Activate(activation, NOW));
            for (int j = 0; j < texts; j++) {
                step.add(text(number, PhoneNumber.parse("+8613912345678"), DeviceId.random(), "x".repeat(80)));
            }
        }
        store.apply(step);
    }

    @SuppressWarnings({"SystemOut", "BusyWait"})
    private static void measure(RocksStore store, List<Activation> activations, int withdrawn) throws Exception {
        long size = Arrays.stream(Table.values())
                .flatMap(table -> store.database().files(table).stream())
                .mapToLong(file -> file.size())
                .sum();
        long writtenBefore = writtenBytes();
        long startedNanos = System.nanoTime();
        for (int i = 0; i < withdrawn; i++) {
            apply(store, new Write.Withdraw(activations.removeLast().deviceId()));
        }
        long slowestNanos = 0;
        while (marks(store) > 0) {
            long beforeNanos = System.nanoTime();
            apply(store, new Write.EraseConsent(ConsentId.random())); // what others wait meanwhile
            slowestNanos = Math.max(slowestNanos, System.nanoTime() - beforeNanos);
            Thread.sleep(5);
        }
        System.out.printf(
                "%d withdrawn: %,d ms from withdrawal to the last mark gone (%,d of them by choice), %.1f MB written"
                        + " by the process, store %.1f MB before, slowest other step meanwhile %.1f ms%n",
                withdrawn,
                (System.nanoTime() - startedNanos) / 1_000_000,
                Eraser.waitMax(WITHIN).toMillis(),
                (writtenBytes() - writtenBefore) / 1e6,
                size / 1e6,
                slowestNanos / 1e6);
    }

    private static int marks(RocksStore store) throws Exception {
        int[] marks = {0};
        store.database().keysBetween(Table.META, ErasureMark.KEYS_BEGIN, Batch.next(ErasureMark.KEYS_BEGIN), _ -> {
            marks[0]++;
            return true;
        });
        return marks[0];
    }

    private static long writtenBytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/io")).stream()
                .filter(line -> line.startsWith("write_bytes"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }
}
