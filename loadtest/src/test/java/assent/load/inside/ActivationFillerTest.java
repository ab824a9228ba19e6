package assent.load.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import assent.server.consent.Receipts;
import assent.server.keys.Keys;
import assent.server.policy.Policy;
import assent.server.store.StoreException;
import assent.server.store.Write;
import assent.server.store.rocks.RocksConfig;
import assent.server.store.rocks.RocksStore;
import assent.sim.demo.RandomNumbers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ActivationFillerTest {
    private static final Notice NOTICE = Policy.builtIn().notice().onShow().in("en");

    private final Keys keys = Keys.ephemeral();
    private final Approvals approvals =
            new Approvals(NOTICE, 7, 91, Clock.systemUTC().instant());
    private final ExecutorService makers = Executors.newSingleThreadExecutor();
    private RocksStore store;

    @BeforeEach
    void open(@TempDir Path folder) throws StoreException {
        store = RocksStore.open(folder.resolve("store"), keys, RocksConfig.DEFAULTS);
    }

    @AfterEach
    void close() {
        makers.shutdownNow();
        store.close();
    }

    private ActivationMaker maker(int count) {
        return new ActivationMaker(
                new Receipts(keys.signing()), approvals, new FillOrder(keys, count), Clock.systemUTC());
    }

    private int fill(int count, IntConsumer progress) throws StoreException, InterruptedException {
        return new ActivationFiller(store, maker(count), makers).fill(progress);
    }

    private int fill(int count) throws StoreException, InterruptedException {
        return fill(count, _ -> {});
    }

    private List<DeviceId> devices(int count) throws StoreException {
        var devices = new ArrayList<DeviceId>();
        for (int i = 0; i < count; i++) {
            store.deviceOf(MadeUpNumbers.of(i)).ifPresent(devices::add);
        }
        return devices;
    }

    @Test
    void everyMadeUpActivationIsProvenByAStoredConsentAndAReceipt() throws Exception {
        fill(300);

        var audit = new ReceiptSample(store, keys.signing().publicKey());
        for (int i = 0; i < 300; i++) {
            assertThat(audit.isProven(i)).as("number %d", i).isTrue();
        }
        assertThat(audit.isProven(300)).isFalse();
    }

    @Test
    void theAuditBelievesNoOtherGatewaysReceipts() throws Exception {
        fill(20);

        var audit = new ReceiptSample(store, KeyPair.generate().publicKey());

        assertThat(audit.proven(20, 20, new Random(1))).isZero();
    }

    @Test
    void eachHasAConsentAndADeviceOfItsOwnAlthoughManyShareAKey() throws Exception {
        fill(300);

        var consents = new HashSet<ConsentId>();
        for (DeviceId device : devices(300)) {
            consents.add(store.activation(device).orElseThrow().consentId());
        }
        assertThat(consents).hasSize(300);
        assertThat(devices(300)).doesNotHaveDuplicates().hasSize(300);
    }

    @Test
    void withoutItsConsentNoneIsBound() throws Exception {
        List<Write<?>> writes = maker(5).missing(store, 0, 5);

        var results = store.apply(
                writes.stream().filter(Write.Activate.class::isInstance).toList());

        assertThat(results).hasSize(5).allMatch(Write.ConsentMissing.class::isInstance);
    }

    @Test
    void oneThatWasInterruptedGoesOnAndLeavesWhatIsThere() throws Exception {
        assertThatThrownBy(() -> fill(1_200, there -> {
                    throw new IllegalStateException("interrupted at " + there);
                }))
                .hasMessage("interrupted at 500");
        List<DeviceId> before = devices(1_200);

        int added = fill(1_200);

        assertThat(before).hasSize(500);
        assertThat(added).isEqualTo(700);
        assertThat(devices(1_200)).hasSize(1_200).containsAll(before);
    }

    @Test
    void whoWantsMoreLaterGetsTheRestAlone() throws Exception {
        fill(100);
        List<DeviceId> before = devices(100);

        assertThat(fill(150)).isEqualTo(50);
        assertThat(fill(150)).isZero();
        assertThat(devices(100)).isEqualTo(before);
    }

    @Test
    void theyAreStoredInTheOrderOfTheirMacsAndEachOnce() {
        var order = new FillOrder(keys, 1_000);

        var indexes = new ArrayList<Integer>();
        for (int place = 0; place < order.size(); place++) {
            indexes.add(order.indexAt(place));
        }
        assertThat(indexes).doesNotHaveDuplicates().hasSize(1_000);
        assertThat(indexes.stream()
                        .map(index -> (int) keys.macOf(MadeUpNumbers.of(index)).toArray()[0] & 0xff))
                .isSorted();
    }

    @Test
    void noLoadTestsPhoneHasAMadeUpNumber() {
        var numbers = new RandomNumbers(new Random(1));

        for (int i = 0; i < 2_000; i++) {
            assertThat(numbers.next().e164().startsWith(MadeUpNumbers.BEGINNING))
                    .isFalse();
        }
        assertThat(MadeUpNumbers.of(0).e164()).isEqualTo("+911000000000");
        assertThat(MadeUpNumbers.of(9_999_999).e164()).isEqualTo("+911009999999");
    }

    @Test
    void aStateFolderWithoutAnActivatedPhoneIsLeftAlone(@TempDir Path state) {
        int code = new CommandLine(new FillActivations()).execute("--state", state.toString(), "10");

        assertThat(code).isEqualTo(1);
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void progressNamesTheRateOfLateAndTheTimeThatIsLeft() {
        assertThat(FillProgress.text(1_000, 3_000, 10_000, 2_000_000_000L))
                .isEqualTo("3,000 of 10,000, 1,000 a second, 7 s left");
    }
}
