package assent.server.keys;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What the gateway's secrets can do. Immutable and thread-safe; nothing here blocks, and printing shows
/// no secret.
///
/// Every use has a key of its own, derived by HKDF-SHA-256 (RFC 5869) from the master key, so that what
/// is sealed for one purpose opens for no other. Numbers and codes are hidden by HMAC-SHA-256 (RFC 2104)
/// under the pepper and the code key: both have so few values that a plain hash could be tried out.
public final class Keys {
    /// What [#seal] adds to the length: a nonce before and a tag behind.
    public static final int SEAL_BYTES = 12 + 16;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] CODE_LABEL = "assent code v1\0".getBytes(StandardCharsets.UTF_8);

    private static final byte[] BLOCK_LABEL = "assent block v1\0".getBytes(StandardCharsets.UTF_8);

    private static final byte[] PIN_LABEL = "assent pin v1\0".getBytes(StandardCharsets.UTF_8);

    private static final byte[] SHARED_LABEL = "assent shared v1\0".getBytes(StandardCharsets.UTF_8);

    private static final byte[] INVITATION_LABEL = "assent invitation v1\0".getBytes(StandardCharsets.UTF_8);

    private static final byte[] ROW_LABEL = "assent row v1\0".getBytes(StandardCharsets.UTF_8);

    private static final byte[] ERASED_LABEL = "assent erased v1\0".getBytes(StandardCharsets.UTF_8);

    private static final byte[] TEXT_LABEL = "assent text v1\0".getBytes(StandardCharsets.UTF_8);

    /// Initialised and never fed: each use feeds a clone, which costs less than asking the platform for
    /// a new one.
    private final Mac numberMac;

    private final Mac codeMac;
    private final Map<Purpose, SecretKey> sealing = new EnumMap<>(Purpose.class);
    private final Bytes check;
    private final KeyPair signing;
    private final SecureRandom random = new SecureRandom();

    Keys(Secrets secrets) {
        this.numberMac = prototype(secrets.pepper());
        this.codeMac = prototype(secrets.codeMacKey());
        for (Purpose purpose : Purpose.values()) {
            byte[] key = Derivation.derive(secrets.masterKey(), purpose.label(), 32);
            sealing.put(purpose, new SecretKeySpec(key, "AES"));
        }
        this.check = secrets.check();
        this.signing = secrets.signing();
    }

    /// Fresh secrets that are kept nowhere: what they seal cannot be opened once this object is gone.
    public static Keys ephemeral() {
        return new Keys(Secrets.random());
    }

    private static Mac prototype(Bytes key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.borrow(), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static Mac cloneOf(Mac prototype) {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's HmacSHA256 can be cloned", e);
        }
    }

    public NumberMac macOf(PhoneNumber number) {
        return finish(cloneOf(numberMac), number);
    }

    /// A number's pseudonym on the block list of one activation: it says nothing of the number's
    /// pseudonym elsewhere, nor on another's list.
    public NumberMac blockMac(DeviceId activation, PhoneNumber number) {
        Mac mac = cloneOf(numberMac);
        mac.update(BLOCK_LABEL);
        mac.update(activation.toArray());
        return finish(mac, number);
    }

    private static NumberMac finish(Mac begun, PhoneNumber number) {
        byte[] mac = begun.doFinal(number.e164().getBytes(StandardCharsets.US_ASCII));
        ByteBuffer longs = ByteBuffer.wrap(mac).order(ByteOrder.BIG_ENDIAN);
        return new NumberMac(longs.getLong(), longs.getLong(), longs.getLong(), longs.getLong());
    }

    /// The only form in which a code may be kept. It is bound to the challenge: a code for one passes no
    /// other.
    public Bytes codeMac(ChallengeId challenge, String code) {
        Mac mac = cloneOf(codeMac);
        mac.update(CODE_LABEL);
        mac.update(challenge.toArray());
        return Bytes.wrap(mac.doFinal(code.getBytes(StandardCharsets.UTF_8)));
    }

    /// The only form in which the text that a device is to send may be kept.
    public Bytes textMac(String text) {
        Mac mac = cloneOf(codeMac);
        mac.update(TEXT_LABEL);
        return Bytes.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// A pseudonym of what a shared limit is for, such as all numbers that begin alike; 32 bytes.
    public Bytes sharedMac(String what) {
        Mac mac = cloneOf(numberMac);
        mac.update(SHARED_LABEL); // no number begins like it
        return Bytes.wrap(mac.doFinal(what.getBytes(StandardCharsets.UTF_8)));
    }

    /// What makes the code of an invitation ours, and of this series; 32 bytes.
    public Bytes invitationMac(int series, Bytes body) {
        Mac mac = cloneOf(codeMac);
        mac.update(INVITATION_LABEL);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(series).array());
        return Bytes.wrap(mac.doFinal(body.toArray()));
    }

    /// A pseudonym of a device whose activation was erased; 32 bytes.
    public Bytes erasedMac(DeviceId device) {
        Mac mac = cloneOf(codeMac);
        mac.update(ERASED_LABEL);
        return Bytes.wrap(mac.doFinal(device.toArray()));
    }

    /// Tells whether two stores hold the same row, and without the key file nothing of what it holds.
    public Bytes rowMac(byte[] row) {
        Mac mac = cloneOf(codeMac);
        mac.update(ROW_LABEL);
        return Bytes.wrap(mac.doFinal(row));
    }

    /// A registration PIN under the pepper, to be hashed slowly: without the key file nobody can
    /// try PINs on what is stored.
    public Bytes pinMac(Bytes salt, String pin) {
        Mac mac = cloneOf(numberMac);
        mac.update(PIN_LABEL); // no number begins like it
        mac.update(salt.borrow());
        return Bytes.wrap(mac.doFinal(pin.getBytes(StandardCharsets.UTF_8)));
    }

    /// Whether `code` is the one that `expected` was made from. Takes the same time whatever the answer.
    public boolean codeMatches(Bytes expected, ChallengeId challenge, String code) {
        return MessageDigest.isEqual(expected.borrow(), codeMac(challenge, code).borrow());
    }

    /// The key that countersigns receipts and erasure certificates.
    public KeyPair signing() {
        return signing;
    }

    /// Tells these keys from others without telling what they are: a store keeps it to refuse the wrong
    /// key file.
    public Bytes check() {
        return check;
    }

    /// AES-256-GCM (NIST SP 800-38D): nonce, ciphertext and tag, [#SEAL_BYTES] longer than `plain`.
    /// Nonces are random, which is safe for 2^32 values of one purpose (clause 8.3): some four billion
    /// activations.
    ///
    /// @param associated not kept, but needed to open: says where the value belongs, so that it cannot
    ///     be moved
    public Bytes seal(Purpose purpose, Bytes plain, Bytes associated) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = new byte[NONCE_BYTES + plain.length() + TAG_BITS / Byte.SIZE];
        System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, purpose, sealed, associated);
            cipher.doFinal(plain.borrow(), 0, plain.length(), sealed, NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
        return Bytes.wrap(sealed);
    }

    /// What was sealed for this purpose with these associated bytes.
    ///
    /// @throws BrokenSeal if it was not, or not under these keys, or was changed since
    public Bytes open(Purpose purpose, Bytes sealed, Bytes associated) throws BrokenSeal {
        if (sealed.length() < SEAL_BYTES) {
            throw new BrokenSeal();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, purpose, sealed.borrow(), associated);
            return Bytes.wrap(cipher.doFinal(sealed.borrow(), NONCE_BYTES, sealed.length() - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            throw new BrokenSeal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    private Cipher cipher(int mode, Purpose purpose, byte[] nonceFirst, Bytes associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealing.get(purpose), new GCMParameterSpec(TAG_BITS, nonceFirst, 0, NONCE_BYTES));
        cipher.updateAAD(associated.borrow());
        return cipher;
    }

    /// A fresh 32-byte key, for a mailbox.
    public Bytes freshKey() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return Bytes.wrap(key);
    }

    @Override
    public String toString() {
        return "Keys[hidden]";
    }
}
