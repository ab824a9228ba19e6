package assent.device;

import static org.awaitility.Awaitility.await;

import assent.protocol.DeviceFrame;
import java.util.concurrent.CountDownLatch;

/// A device that is signed in, and what it acknowledges.
abstract class ReceivingTestBase extends DeviceTestBase {
    ScriptedPeer signedIn(DeviceStore store) {
        var activation = activationIn(store);
        open(store).connect();
        return gateway.nextConnection().signIn(activation);
    }

    static void expectAcknowledged(ScriptedPeer peer, long through) {
        await().atMost(ScriptedGateway.PATIENCE)
                .until(() -> peer.expect(DeviceFrame.Acknowledge.class).through() == through);
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
