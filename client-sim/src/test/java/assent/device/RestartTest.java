package assent.device;

import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.CAROL;
import static assent.device.ScriptedPeer.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.MessageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What was received survives a restart and a kill, and is shown once.
class RestartTest extends ReceivingTestBase {
    @Test
    void aMessageThatIsDeliveredAgainAfterARestartIsNotShownAgain() {
        var store = activatedFolder();
        var activation = activationIn(store);
        var id = MessageId.random();
        var device = open(store);
        device.connect();
        var peer = gateway.nextConnection().signIn(activation);
        peer.send(delivery(1, id, BOB, "once"));
        expectAcknowledged(peer, 1);
        get(device.close());

        open(folder()).connect();
        var later = gateway.nextConnection().signIn(activation);
        later.send(delivery(1, id, BOB, "once"));

        expectAcknowledged(later, 1);
        assertThat(heard.texts()).containsExactly("once");
    }

    /// The copy of the folder is what a process that is killed now leaves behind.
    @Test
    void aDeviceThatIsKilledBetweenStoringAndAcknowledgingShowsTheMessageOnce() throws IOException {
        var store = activatedFolder();
        var activation = activationIn(store);
        var id = MessageId.random();
        var device = open(store);
        device.connect();
        var peer = gateway.nextConnection().signIn(activation);
        peer.send(delivery(1, id, BOB, "once"));
        expectAcknowledged(peer, 1); // which the gateway loses
        send(device, CAROL, "what is on its way was written, and all before it");
        peer.expect(DeviceFrame.Send.class);
        Path killed = copyOfFolder();

        open(DeviceFolder.open(killed, network.journals())).connect();
        var later = gateway.nextConnection().signIn(activation);
        later.expect(DeviceFrame.Send.class);
        later.send(delivery(1, id, BOB, "once"));

        expectAcknowledged(later, 1);
        assertThat(heard.texts()).containsExactly("once");
    }

    @Test
    void aDeviceThatIsKilledBeforeTheAppHadTheMessageShowsItAfterTheRestart() throws Exception {
        var store = activatedFolder();
        var activation = activationIn(store);
        var id = MessageId.random();
        var inApp = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        DeviceListener slow = _ -> {
            inApp.countDown();
            awaitQuietly(release);
        };
        open(store, slow, config()).connect();
        gateway.nextConnection().signIn(activation).send(delivery(1, id, BOB, "safe"));
        inApp.await();
        Path killed = copyOfFolder();
        release.countDown();

        open(DeviceFolder.open(killed, network.journals())).connect();

        eventually(() -> assertThat(heard.texts()).containsExactly("safe"));
        var later = gateway.nextConnection().signIn(activation);
        later.send(delivery(1, id, BOB, "safe"));
        expectAcknowledged(later, 1);
        assertThat(heard.texts()).containsExactly("safe");
    }

    private Path copyOfFolder() throws IOException {
        Path copy = parent.resolve("killed");
        Files.createDirectory(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String name : new String[] {"key", "journal"}) {
            Files.copy(parent.resolve("device").resolve(name), copy.resolve(name));
        }
        Files.setPosixFilePermissions(copy.resolve("key"), PosixFilePermissions.fromString("rw-------"));
        return copy;
    }
}
