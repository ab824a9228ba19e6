package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.device.DeviceNetwork;
import assent.device.ExportAnswer;
import assent.device.InMemoryDeviceStore;
import assent.device.Refused;
import assent.device.Trust;
import assent.protocol.Body;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.protocol.consent.SignInProof;
import assent.server.store.Store;
import assent.server.store.Write;
import assent.server.support.AnnaAndBen;
import assent.server.support.Exports;
import assent.server.support.Peer;
import assent.server.support.Phone;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Exports of ten thousand texts: whole, within seconds, and others hardly notice.
@Isolated("measures the process's memory")
class LargeExportTest {
    private static final int TEXTS = 10_000;
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final Duration OTHERS_WAIT_USUALLY = Duration.ofMillis(250);
    private static final long MEMORY_MAX = 48L << 20;

    @TempDir
    private Path folder = Path.of("");

    private static RawPhone awayWithTexts(TestGateway gateway) throws Exception {
        RawPhone carl = gateway.phone();
        carl.activate();
        carl.goAway();
        gateway.awaitNobody();
        gateway.stop();
        fill(gateway, carl.number);
        gateway.startAgain();
        return carl;
    }

    private static void fill(TestGateway gateway, PhoneNumber to) throws Exception {
        try (Store store = gateway.openStore()) {
            Instant now = Instant.now();
            DeviceId sender = DeviceId.random();
            PhoneNumber from = gateway.newNumber();
            for (int batch = 0; batch < TEXTS; batch += 1_000) {
                List<Write<?>> writes = new ArrayList<>();
                for (int i = batch; i < batch + 1_000; i++) {
                    writes.add(new Write.Append(
                            to,
                            Optional.empty(),
                            MessageId.random(),
                            from,
                            sender,
                            Body.text(numbered(i)),
                            now,
                            now.plus(Duration.ofDays(1))));
                }
                assertThat(store.apply(writes)).hasOnlyElementsOfType(Write.Appended.class);
            }
        }
    }

    private static String numbered(int i) {
        return "text " + i + " " + "x".repeat(100);
    }

    private static void isWhole(String json) {
        assertThat(Exports.bodies(Exports.parse(json)))
                .isEqualTo(IntStream.range(0, TEXTS)
                        .mapToObj(LargeExportTest::numbered)
                        .toList());
    }

    @Test
    void tenThousandTextsAreExportedWithinSecondsWhileOthersWrite() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder);
                RawPhone carl = awayWithTexts(gateway)) {
            var others = AnnaAndBen.connected(gateway);
            try (RawPhone anna = others.anna();
                    RawPhone ben = others.ben()) {
                long started = System.nanoTime();
                var export = CompletableFuture.supplyAsync(() -> {
                    carl.comeBack();
                    return Exports.text(carl);
                });
                List<Duration> waits = new ArrayList<>();
                do {
                    waits.add(oneText(anna, ben));
                } while (!export.isDone());
                var took = Duration.ofNanos(System.nanoTime() - started);
                Duration usually = waits.stream().sorted().toList().get(waits.size() / 2);
                System.out.printf(
                        "10,000 texts, %d characters of JSON in %s; others' texts took %s usually, %s at most%n",
                        export.get().length(),
                        took,
                        usually,
                        waits.stream().max(Duration::compareTo).orElseThrow());
                isWhole(export.get());
                assertThat(took).isLessThan(WITHIN);
                assertThat(usually).isLessThan(OTHERS_WAIT_USUALLY);
            }
        }
    }

    private static Duration oneText(RawPhone anna, RawPhone ben) {
        long started = System.nanoTime();
        anna.text(ben.number, "in the meantime");
        ben.acknowledge(ben.delivery().deliveryNumber());
        anna.result();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    @Test
    void aDeviceThatDoesNotReadItsExportCostsNoMemoryAndIsDisconnected() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, Map.of("session.write-stall-timeout", "1s"));
                RawPhone carl = awayWithTexts(gateway)) {
            long before = directMemory();
            long most = 0;
            try (Peer deaf =
                    Peer.connect(gateway.address(), gateway.gateway().identity().certificate(), 4_096)) {
                var nonce = deaf.hello().serverNonce();
                deaf.send(new DeviceFrame.SignIn(
                        carl.deviceId(), carl.key.sign(SignInProof.bytesToSign(nonce, deaf.channelBinding()))));
                deaf.skipTo(GatewayFrame.SignedIn.class);
                deaf.send(new DeviceFrame.DataRequest());
                while (gateway.goodbyes(Reason.TOO_SLOW) == 0) {
                    most = Math.max(most, directMemory() - before);
                    await().pollDelay(Duration.ofMillis(5)).until(() -> true);
                }
            }
            assertThat(most).isLessThan(MEMORY_MAX / 8);
        }
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    @Test
    void theDeviceLibraryGivesTheExportOnceAMinuteAndOnlyWhenSignedIn() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder);
                DeviceNetwork network = DeviceNetwork.open(
                        new Trust.CertificateFile(gateway.gateway().identity().certificateFile()));
                Phone anna = Phone.with(gateway, network, new InMemoryDeviceStore())) {
            assertThat(Phone.get(anna.device.export())).isEqualTo(new ExportAnswer.NotSignedIn());
            anna.activate();

            var exported = (ExportAnswer.Exported) Phone.get(anna.device.export());

            assertThat(Exports.parse(exported.json().toUtf8())
                            .at("/activation/number")
                            .asString())
                    .isEqualTo(anna.number.e164());
            assertThat(((Refused) Phone.get(anna.device.export())).reason()).isEqualTo(Reason.EXPORT_TOO_SOON);
        }
    }
}
