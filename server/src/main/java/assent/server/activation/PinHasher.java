package assent.server.activation;

import assent.protocol.Bytes;
import assent.server.keys.Keys;
import assent.server.store.PinHash;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Hashes registration PINs: HMAC-SHA-256 under the pepper, then PBKDF2-HMAC-SHA-256 (RFC 8018). Slow on
/// purpose, so it has one thread of its own and a bounded queue. Thread-safe.
final class PinHasher implements AutoCloseable {
    /// About a quarter of a second. The pepper is what keeps a stolen store from being tried; this
    /// is the second line, should the key file be stolen with it.
    private static final int ITERATIONS = 210_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    /// PINs that wait to be hashed; one more is refused at once.
    private static final int WAITING_MAX = 64;

    private final Keys keys;
    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().name("assent-pin").daemon().factory());

    PinHasher(Keys keys) {
        this.keys = keys;
    }

    /// Runs `work` on the hashing thread.
    ///
    /// @return false if too many wait already, or this is closed
    boolean run(Runnable work) {
        try {
            thread.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /// Blocks for as long as a hash takes.
    PinHash hash(String pin) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return hash(pin, Bytes.wrap(salt), ITERATIONS);
    }

    /// Blocks for as long as a hash takes, whatever the answer.
    boolean matches(PinHash expected, String pin) {
        Bytes hash = hash(pin, expected.salt(), expected.iterations()).hash();
        return MessageDigest.isEqual(expected.hash().borrow(), hash.borrow());
    }

    private PinHash hash(String pin, Bytes salt, int iterations) {
        char[] hidden = keys.pinMac(salt, pin).hex().toCharArray();
        try {
            var spec = new PBEKeySpec(hidden, salt.borrow(), iterations, HASH_BITS);
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            spec.clearPassword();
            return new PinHash(salt, iterations, Bytes.wrap(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
