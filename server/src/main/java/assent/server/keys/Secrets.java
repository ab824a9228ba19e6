package assent.server.keys;

import assent.protocol.Bytes;
import assent.protocol.consent.KeyPair;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;

/// What a key file holds. Immutable; printing shows no secret.
///
/// @param pepper hides numbers
/// @param masterKey what sealing keys are derived from
/// @param codeMacKey hides codes
/// @param signing countersigns receipts
record Secrets(Bytes pepper, Bytes masterKey, Bytes codeMacKey, KeyPair signing) {
    /// Length of each symmetric key.
    static final int KEY_BYTES = 32;

    private static final int CHECK_BYTES = 16;

    static Secrets random() {
        var random = new SecureRandom();
        return new Secrets(key(random), key(random), key(random), KeyPair.generate());
    }

    private static Bytes key(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Bytes.wrap(key);
    }

    /// Depends on the pepper and the master key: with another of either, a store is unreadable. The
    /// other two may be changed.
    Bytes check() {
        var both = new ByteArrayOutputStream();
        both.writeBytes(pepper.borrow());
        both.writeBytes(masterKey.borrow());
        return Bytes.wrap(Derivation.derive(Bytes.wrap(both.toByteArray()), "assent key check v1", CHECK_BYTES));
    }

    @Override
    public String toString() {
        return "Secrets[hidden]";
    }
}
