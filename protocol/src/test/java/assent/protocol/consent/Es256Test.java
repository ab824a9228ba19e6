package assent.protocol.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.Bytes;
import assent.protocol.Samples;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule holds with the native provider and with the platform's own, whichever a machine ends
/// up with.
class Es256Test {
    private static final Bytes TEXT = Bytes.utf8("assent test v1\n");
    private static final String ORDER = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    private static final String ZERO = "0".repeat(64);
    private static final String ONE = "0".repeat(63) + "1";

    static Stream<Provider> providers() {
        return Stream.of(Es256.fastestProvider(), Es256.platformProvider()).distinct();
    }

    @Test
    void theNativeProviderLoadsOnLinuxOnX86() {
        boolean expected = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assertThat(Es256.fastestProvider().getName().equals("AmazonCorrettoCryptoProvider"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aSignatureIsGoodForItsKeyAndBytesOnly(Provider provider) {
        KeyPair key = KeyPair.generate();
        Bytes signature = key.sign(TEXT);

        assertThat(signature.length()).isEqualTo(Es256.SIGNATURE_BYTES);
        assertThat(Es256.verify(provider, key.publicKey(), TEXT, signature)).isTrue();
        assertThat(Es256.verify(provider, Samples.DEVICE_KEY, TEXT, signature)).isFalse();
        assertThat(Es256.verify(provider, key.publicKey(), Bytes.utf8("assent test v1"), signature))
                .isFalse();
    }

    @Test
    void afterABadSignatureTheNextOnesAreJudgedAsBefore() {
        KeyPair key = KeyPair.generate();
        Bytes signature = key.sign(TEXT);
        for (Bytes bad : List.of(
                Bytes.wrap(new byte[Es256.SIGNATURE_BYTES]), Bytes.wrap(new byte[3]), Samples.DEVICE_KEY.point())) {
            assertThat(Es256.verify(key.publicKey(), TEXT, bad)).isFalse();

            assertThat(Es256.verify(key.publicKey(), TEXT, signature)).isTrue();
            assertThat(Es256.verify(Samples.DEVICE_KEY, TEXT, signature)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void oneFlippedBitAnywhereSpoilsASignature(Provider provider) {
        Bytes signature = TestKeys.DEVICE.sign(TEXT);
        for (int i = 0; i < Es256.SIGNATURE_BYTES; i++) {
            byte[] flipped = signature.toArray();
            flipped[i] ^= (byte) (1 << (i % 8));
            assertThat(Es256.verify(provider, Samples.DEVICE_KEY, TEXT, Bytes.wrap(flipped)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void numbersOutOfRangeAreNoSignature(Provider provider) {
        String r = TestKeys.DEVICE.sign(TEXT).hex().substring(0, 64);
        for (String bad : new String[] {ZERO, ORDER, "f".repeat(64)}) {
            assertRefused(provider, bad + r);
            assertRefused(provider, r + bad);
            assertRefused(provider, bad + bad);
            assertRefused(provider, bad + ONE);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aSignatureHasSixtyFourBytes(Provider provider) {
        byte[] signature = TestKeys.DEVICE.sign(TEXT).borrow();
        for (int length : new int[] {0, 1, 63, 65, 72, 96, 128}) {
            assertRefused(provider, Bytes.wrap(Arrays.copyOf(signature, length)).hex());
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aDerSignatureIsNoEs256Signature(Provider provider) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var der = Signature.getInstance("SHA256withECDSA");
        der.initSign(pair.getPrivate());
        der.update(TEXT.borrow());
        var key = Es256.publicKeyOf((java.security.interfaces.ECPublicKey) pair.getPublic());

        assertThat(Es256.verify(provider, key, TEXT, Bytes.wrap(der.sign()))).isFalse();
    }

    @Test
    void thePlatformsOwnToolsReadTheKeyAndTheSignature() throws GeneralSecurityException {
        KeyPair key = KeyPair.generate();
        var verifier = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC");
        verifier.initVerify(KeyFactory.getInstance("EC", "SunEC")
                .generatePublic(new X509EncodedKeySpec(Es256.spki(key.publicKey()))));
        verifier.update(TEXT.borrow());
        assertThat(verifier.verify(key.sign(TEXT).borrow())).isTrue();
    }

    /// RFC 6979, appendix A.2.5, P-256 with SHA-256.
    @ParameterizedTest
    @MethodSource("providers")
    void publishedSignaturesAreGood(Provider provider) {
        Bytes sample = Bytes.fromHex("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
        Bytes test = Bytes.fromHex("f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
                + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083");
        assertThat(Es256.verify(provider, Samples.DEVICE_KEY, Bytes.utf8("sample"), sample))
                .isTrue();
        assertThat(Es256.verify(provider, Samples.DEVICE_KEY, Bytes.utf8("test"), test))
                .isTrue();
        assertThat(Es256.verify(provider, Samples.DEVICE_KEY, Bytes.utf8("sample"), test))
                .isFalse();
    }

    @Test
    void aKeyPairIsRestoredFromWhatItGave() {
        KeyPair key = KeyPair.generate();
        KeyPair restored = KeyPair.restore(key.publicKey(), key.pkcs8());
        assertThat(Es256.verify(key.publicKey(), TEXT, restored.sign(TEXT))).isTrue();
    }

    @Test
    void aPrivateKeyOfAnotherPairIsNotRestored() {
        assertNotRestored(KeyPair.generate().pkcs8());
        assertNotRestored(Bytes.utf8("no key at all"));
    }

    @Test
    void aPrivateKeyOfAnotherKindIsNotRestored() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        assertNotRestored(Bytes.wrap(generator.generateKeyPair().getPrivate().getEncoded()));
        assertNotRestored(Bytes.wrap(KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPrivate()
                .getEncoded()));
    }

    @Test
    void aKeyPairPrintsItsPublicHalfOnly() {
        assertThat(TestKeys.DEVICE.toString())
                .doesNotContain(Samples.DEVICE_KEY_PRIVATE, Samples.DEVICE_KEY_PRIVATE.substring(0, 16));
    }

    private static void assertNotRestored(Bytes pkcs8) {
        assertThatThrownBy(() -> KeyPair.restore(KeyPair.generate().publicKey(), pkcs8))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(Provider provider, String signature) {
        assertThat(Es256.verify(provider, Samples.DEVICE_KEY, TEXT, Bytes.fromHex(signature)))
                .isFalse();
    }
}
