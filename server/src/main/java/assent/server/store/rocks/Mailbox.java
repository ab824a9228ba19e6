package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Where a number's messages go: the device's mailbox and the key that they are sealed under. Immutable.
record Mailbox(DeviceId deviceId, SecretKey key) {
    static Mailbox of(DeviceId deviceId, Bytes key) {
        return new Mailbox(deviceId, new SecretKeySpec(key.borrow(), "AES"));
    }

    @Override
    public String toString() {
        return "Mailbox[" + deviceId + "]";
    }
}
