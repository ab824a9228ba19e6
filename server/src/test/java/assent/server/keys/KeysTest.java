package assent.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// What the gateway's secrets do, and do not show.
class KeysTest {
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+911234567890");
    private static final Bytes PLACE = Bytes.utf8("here");

    private final Keys keys = Keys.ephemeral();

    @Test
    void aNumbersMacIsHmacSha256OfItsE164FormUnderThePepper() {
        Bytes pepper = Bytes.wrap(new byte[32]);
        var known = new Keys(new Secrets(pepper, pepper, pepper, KeyPair.generate()));

        // printf +911234567890 | openssl dgst -sha256 -mac HMAC -macopt hexkey:00…00
        assertThat(HexFormat.of().formatHex(known.macOf(NUMBER).toArray()))
                .isEqualTo("9bc58fdbdb18039136cbdde9041b8601db6005f54ae6413ee9deed3092a9a7e3");
    }

    @Test
    void aNumberHasAnotherMacUnderAnotherPepper() {
        assertThat(keys.macOf(NUMBER)).isEqualTo(keys.macOf(NUMBER));
        assertThat(keys.macOf(NUMBER)).isNotEqualTo(Keys.ephemeral().macOf(NUMBER));
        assertThat(NumberMac.read(keys.macOf(NUMBER).toArray(), 0)).isEqualTo(keys.macOf(NUMBER));
    }

    @Test
    void aCodeMatchesItsOwnChallengeOnly() {
        ChallengeId challenge = ChallengeId.random();
        Bytes mac = keys.codeMac(challenge, "123456");

        assertThat(keys.codeMatches(mac, challenge, "123456")).isTrue();
        assertThat(keys.codeMatches(mac, challenge, "123457")).isFalse();
        assertThat(keys.codeMatches(mac, challenge, "")).isFalse();
        assertThat(keys.codeMatches(mac, ChallengeId.random(), "123456")).isFalse();
        assertThat(Keys.ephemeral().codeMatches(mac, challenge, "123456")).isFalse();
    }

    @Test
    void whatIsSealedOpensForItsPurposeAndPlaceOnly() throws BrokenSeal {
        Bytes secret = Bytes.utf8("a secret");
        Bytes sealed = keys.seal(Purpose.CONSENT, secret, PLACE);

        assertThat(keys.open(Purpose.CONSENT, sealed, PLACE)).isEqualTo(secret);
        assertThat(sealed.length()).isEqualTo(secret.length() + Keys.SEAL_BYTES);
        assertBroken(keys, Purpose.ACTIVATION, sealed, PLACE);
        assertBroken(keys, Purpose.CONSENT, sealed, Bytes.utf8("there"));
        assertBroken(Keys.ephemeral(), Purpose.CONSENT, sealed, PLACE);
        assertBroken(keys, Purpose.CONSENT, Bytes.wrap(new byte[Keys.SEAL_BYTES - 1]), PLACE);
        for (int i = 0; i < sealed.length(); i++) {
            byte[] changed = sealed.toArray();
            changed[i] ^= 1;
            assertBroken(keys, Purpose.CONSENT, Bytes.wrap(changed), PLACE);
        }
    }

    private static void assertBroken(Keys keys, Purpose purpose, Bytes sealed, Bytes place) {
        assertThatThrownBy(() -> keys.open(purpose, sealed, place)).isInstanceOf(BrokenSeal.class);
    }

    @Test
    void theSameValueSealedTwiceLooksDifferent() {
        assertThat(keys.seal(Purpose.CONSENT, PLACE, PLACE)).isNotEqualTo(keys.seal(Purpose.CONSENT, PLACE, PLACE));
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(keys.toString()).isEqualTo("Keys[hidden]");
        assertThat(Secrets.random().toString()).isEqualTo("Secrets[hidden]");
        assertThat(keys.macOf(NUMBER).toString()).isEqualTo("NumberMac[hidden]");
    }
}
