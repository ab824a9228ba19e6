package assent.server.store.rows;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Where a number's messages go: the device's mailbox and the key that they are sealed under. Immutable.
///
/// @param noticeVersion of the notice that its activation rests on
public record Mailbox(DeviceId deviceId, SecretKey key, String noticeVersion) {
    public static Mailbox of(DeviceId deviceId, Bytes key, String noticeVersion) {
        return new Mailbox(deviceId, new SecretKeySpec(key.borrow(), "AES"), noticeVersion);
    }

    @Override
    public String toString() {
        return "Mailbox[" + deviceId + "]";
    }
}
