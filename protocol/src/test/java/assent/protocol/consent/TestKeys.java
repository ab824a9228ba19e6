package assent.protocol.consent;

import assent.protocol.Bytes;
import assent.protocol.Samples;

/// The published key pairs of [Samples]. Public, so that the generator of the vectors can sign.
public final class TestKeys {
    /// PKCS #8 (RFC 5208) of a P-256 key without its public half, up to the 32 bytes of the private
    /// number.
    private static final String PKCS8_PREFIX = "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420";

    public static final KeyPair DEVICE = restore(Samples.DEVICE_KEY, Samples.DEVICE_KEY_PRIVATE);
    public static final KeyPair GATEWAY = restore(Samples.GATEWAY_KEY, Samples.GATEWAY_KEY_PRIVATE);

    private TestKeys() {}

    private static KeyPair restore(PublicKey publicKey, String privateNumber) {
        return KeyPair.restore(publicKey, Bytes.fromHex(PKCS8_PREFIX + privateNumber));
    }
}
