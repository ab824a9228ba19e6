package assent.device;

import assent.protocol.DeviceFrame;
import java.time.Duration;

/// A device that is signed in, and what it sends.
abstract class SendingTestBase extends DeviceTestBase {
    static final Duration SOON = Duration.ofMillis(5);

    record Signed(Device device, ScriptedPeer peer, KeptActivation activation) {}

    Signed signedIn(DeviceConfig config) {
        var store = activatedFolder();
        var activation = activationIn(store);
        var device = open(store, heard, config);
        device.connect();
        return new Signed(device, gateway.nextConnection().signIn(activation), activation);
    }

    Signed signedIn() {
        return signedIn(config());
    }

    static DeviceFrame.Send expectSend(ScriptedPeer peer) {
        return peer.expect(DeviceFrame.Send.class);
    }

    static String textOf(DeviceFrame.Send send) {
        return send.body().orElseThrow().toUtf8();
    }

    /// The same frame, marked as one that was sent before.
    static DeviceFrame.Send again(DeviceFrame.Send send) {
        return new DeviceFrame.Send(send.messageId(), send.to(), send.body(), send.delivery(), true);
    }
}
