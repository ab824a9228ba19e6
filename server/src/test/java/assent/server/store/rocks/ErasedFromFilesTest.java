package assent.server.store.rocks;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.consent;
import static assent.server.store.Fixtures.text;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.server.keys.KeyFile;
import assent.server.keys.Keys;
import assent.server.store.Activation;
import assent.server.store.Counter;
import assent.server.store.Write;
import assent.server.support.FileSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was erased is not in any file of the store a stated time later: searched byte by byte, in all
/// files.
class ErasedFromFilesTest {
    private static final Duration WITHIN = Duration.ofSeconds(3);
    private static final Duration LATER = Duration.ofHours(1);

    @TempDir
    private Path folder = Path.of("");

    private final Keys keys = Keys.ephemeral();
    private final List<RocksStore> opened = new ArrayList<>();

    private RocksStore open(Duration within) throws Exception {
        RocksStore store = RocksStore.open(folder, keys, RocksConfig.DEFAULTS.withEraseWithin(within));
        opened.add(store);
        return store;
    }

    @AfterEach
    void close() {
        opened.forEach(RocksStore::close);
    }

    private Map<String, Set<String>> find(Map<String, byte[]> traces) throws IOException {
        return FileSearch.find(folder, traces);
    }

    private void awaitNoTrace(Map<String, byte[]> traces) {
        // Looking through the files takes its own time, which is not the store's.
        await().atMost(WITHIN.plusSeconds(2))
                .untilAsserted(() -> assertThat(find(traces)).isEmpty());
    }

    /// A number with texts in its mailbox, some acknowledged, and counted events.
    private static Activation lively(RocksStore store, PhoneNumber number) throws Exception {
        apply(store, new Write.Count(Counter.SMS_SENT, number, NOW, 9, Duration.ofDays(1)));
        apply(store, new Write.Count(Counter.CODE_TRIES, number, NOW, 9, Duration.ofDays(1)));
        Activation activation = activate(store, number);
        apply(store, new Write.Block(activation.deviceId(), PhoneNumber.parse("+5511987654321"), 10));
        for (int i = 0; i < 20; i++) {
            apply(store, text(number, BEN, DeviceId.random(), "text " + i));
        }
        long first = store.messages(activation.deviceId(), 0, 1, 1, () -> NOW)
                .getFirst()
                .sequence();
        apply(store, new Write.Remove(activation.deviceId(), List.of(first, first + 1)));
        return activation;
    }

    private Map<String, byte[]> traces(RocksStore store, Activation activation) throws Exception {
        return Traces.of(keys, store, activation);
    }

    @Test
    void aWithdrawnNumberLeavesNoTraceInAnyFile() throws Exception {
        RocksStore store = open(WITHIN);
        Activation anna = lively(store, ANNA);
        Map<String, byte[]> traces = traces(store, anna);
        assertThat(find(traces)).as("the search finds what is there").containsOnlyKeys(traces.keySet());

        apply(store, new Write.Withdraw(anna.deviceId()));

        assertThat(find(traces))
                .as("deleting alone takes nothing out of the files")
                .isNotEmpty();
        awaitNoTrace(traces);
    }

    @Test
    void rowsThatWereWrittenToTablesLongAgoLeaveThemToo() throws Exception {
        RocksStore store = open(WITHIN);
        Activation anna = lively(store, ANNA);
        Map<String, byte[]> traces = traces(store, anna);
        // Another one's withdrawal has the tables rewritten: Anna's rows are in the last level now, and
        // her identifiers may be the smallest or largest keys in the manifest.
        Activation ben = lively(store, BEN);
        Map<String, byte[]> tracesOfBen = traces(store, ben);
        apply(store, new Write.Withdraw(ben.deviceId()));
        awaitNoTrace(tracesOfBen);
        assertThat(find(traces)).containsOnlyKeys(traces.keySet());
        assertThat(find(traces).get("device id")).anyMatch(file -> file.startsWith("MANIFEST"));

        apply(store, new Write.Withdraw(anna.deviceId()));

        awaitNoTrace(traces);
    }

    @Test
    void anOlderPhonesActivationLeavesTheFilesWhenANewOneTakesTheNumber() throws Exception {
        RocksStore store = open(WITHIN);
        Activation old = lively(store, ANNA);
        Map<String, byte[]> traces = new TreeMap<>(traces(store, old));
        traces.remove("number's MAC"); // the number stays, on its new phone

        Activation renewed = activate(store, ANNA);

        awaitNoTrace(traces);
        assertThat(store.activation(renewed.deviceId())).isPresent();
    }

    @Test
    void aStopBetweenWithdrawalAndRewritingForgetsNothing() throws Exception {
        RocksStore store = open(LATER);
        Activation anna = lively(store, ANNA);
        Map<String, byte[]> traces = traces(store, anna);
        apply(store, new Write.Withdraw(anna.deviceId()));
        store.close();
        assertThat(find(traces)).isNotEmpty();

        open(WITHIN);

        awaitNoTrace(traces);
    }

    @Test
    void whatIsErasedWhileFilesAreRewrittenIsNotForgotten() throws Exception {
        RocksStore store = open(WITHIN);
        Map<String, byte[]> all = new TreeMap<>();
        for (int i = 0; i < 30; i++) {
            Activation activation = lively(store, PhoneNumber.parse("+9112345678" + (10 + i)));
            traces(store, activation).forEach((name, trace) -> all.put(name + " " + all.size(), trace));
            apply(store, new Write.Withdraw(activation.deviceId()));
            texts(store, activation.deviceId());
        }

        awaitNoTrace(all);
    }

    @Test
    void erasingGoesOnUnderLoadAndLeavesOthersAlone() throws Exception {
        RocksStore store = open(WITHIN);
        Activation ben = activate(store, BEN);
        var stop = new AtomicBoolean();
        Thread load = Thread.ofPlatform().start(() -> {
            for (int i = 0; !stop.get() && i < 9_000; i++) {
                try {
                    apply(store, text(BEN, ANNA, DeviceId.random(), "load " + i));
                } catch (Exception e) {
                    return;
                }
            }
        });
        try {
            Activation anna = lively(store, ANNA);
            Map<String, byte[]> traces = traces(store, anna);
            assertThat(find(traces)).containsOnlyKeys(traces.keySet());

            apply(store, new Write.Withdraw(anna.deviceId()));

            awaitNoTrace(traces);
        } finally {
            stop.set(true);
            load.join();
        }
        List<String> kept = texts(store, ben.deviceId());
        assertThat(kept).isNotEmpty();
        for (int i = 0; i < kept.size(); i++) {
            assertThat(kept.get(i)).isEqualTo("load " + i);
        }
    }

    @Test
    void anAbandonedApprovalLeavesTheFilesWithTheNextRewriting() throws Exception {
        RocksStore store = open(WITHIN);
        var abandoned = consent();
        apply(store, new Write.PutConsent(abandoned, NOW.plusSeconds(1)));
        Map<String, byte[]> traces = Map.of("consent id", abandoned.id().toArray());
        assertThat(find(traces)).isNotEmpty();
        Activation anna = activate(store, ANNA);

        apply(store, new Write.Sweep(NOW.plusSeconds(60), 100));
        apply(store, new Write.Withdraw(anna.deviceId()));

        awaitNoTrace(traces);
    }

    @Test
    void aKilledGatewaysSuccessorFinishesTheErasing(@TempDir Path keyFolder) throws Exception {
        Path keyFile = keyFolder.resolve("keys");
        Keys ofFile = KeyFile.open(keyFile, true);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithdrawAndDie.class.getName(),
                        keyFile.toString(),
                        folder.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(WithdrawAndDie.DIED);
        Map<String, byte[]> traces = Traces.read(keyFolder.resolve("traces"));
        assertThat(find(traces)).as("died before the files were rewritten").isNotEmpty();

        try (RocksStore store = RocksStore.open(folder, ofFile, RocksConfig.DEFAULTS.withEraseWithin(WITHIN))) {
            assertThat(store.generation()).isEqualTo(2);
            awaitNoTrace(traces);
        }
        assertThat(find(traces)).isEmpty();
        assertThat(Files.exists(folder)).isTrue();
    }
}
