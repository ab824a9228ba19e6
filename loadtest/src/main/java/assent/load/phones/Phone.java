package assent.load.phones;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.PublicKey;

/// An activated phone. Immutable; printing hides number and key.
///
/// @param point the device key's public half
/// @param pkcs8 the device key's private half
public record Phone(PhoneNumber number, DeviceId deviceId, Bytes point, Bytes pkcs8) {
    private static final int COLUMNS = 4;

    public static Phone of(PhoneNumber number, DeviceId deviceId, KeyPair key) {
        return new Phone(number, deviceId, key.publicKey().point(), key.pkcs8());
    }

    /// The key to sign in with; making it takes a while.
    public KeyPair key() {
        return KeyPair.restore(PublicKey.ofPoint(point), pkcs8);
    }

    String line() {
        return number.e164() + "\t" + deviceId.hex() + "\t" + point.hex() + "\t" + pkcs8.hex();
    }

    /// @throws IllegalArgumentException if it is no such line
    static Phone parse(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("a line has " + columns.length + " columns; expected " + COLUMNS);
        }
        return new Phone(
                PhoneNumber.parse(columns[0]),
                DeviceId.parseHex(columns[1]),
                Bytes.fromHex(columns[2]),
                Bytes.fromHex(columns[3]));
    }

    @Override
    public String toString() {
        return "Phone[" + deviceId + "]";
    }
}
