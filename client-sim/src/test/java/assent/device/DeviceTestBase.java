package assent.device;

import static assent.device.Fixtures.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.Body;
import assent.protocol.PhoneNumber;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A scripted gateway, a network that is pinned to it, and devices that are closed at the end.
abstract class DeviceTestBase {
    static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(20));
    static final DeviceLimits LIMITS = DeviceLimits.standard();

    final RecordingListener heard = new RecordingListener();
    private final List<Device> opened = new ArrayList<>();

    @TempDir
    Path parent;

    ScriptedGateway gateway;
    DeviceNetwork network;

    @BeforeEach
    void startGateway() {
        gateway = ScriptedGateway.start();
        network = DeviceNetwork.open(gateway.pinned());
    }

    @AfterEach
    void stopAll() {
        opened.forEach(device -> get(device.close()));
        network.close();
        gateway.close();
    }

    DeviceConfig config() {
        return DeviceConfig.of("127.0.0.1", gateway.port(), "en").with(QUICK);
    }

    DeviceFolder folder() {
        return DeviceFolder.open(parent.resolve("device"), network.journals());
    }

    /// A folder that says that ALICE is activated.
    DeviceFolder activatedFolder() {
        var folder = folder();
        var activation = Fixtures.activation(ALICE, gateway.signingKey());
        folder.write(List.of(new Change.Activated(activation)))
                .toCompletableFuture()
                .join();
        return folder;
    }

    static KeptActivation activationIn(DeviceStore store) {
        return switch (store.kept().standing()) {
            case Standing.Activated(var activation) -> activation;
            case Standing.WithdrawalPending(var activation, var _) -> activation;
            case Standing.NotActivated(), Standing.Withdrawn _ -> throw new AssertionError("no activation");
        };
    }

    Device open(DeviceStore store, DeviceListener listener, DeviceConfig config) {
        var device = Device.open(network, config, store, listener, Clock.systemUTC());
        opened.add(device);
        return device;
    }

    Device open(DeviceStore store) {
        return open(store, heard, config());
    }

    static SentMessage send(Device device, PhoneNumber to, String text) {
        return device.send(to, Body.text(text), Fixtures.CLOUD_ONLY);
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(ScriptedGateway.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    static <T> T get(CompletableFuture<? super T> future, Class<T> type) {
        Object answer = get(future);
        assertThat(answer).isInstanceOf(type);
        return type.cast(answer);
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(ScriptedGateway.PATIENCE).untilAsserted(assertion);
    }
}
