package assent.protocol.consent;

import assent.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A public key as text that other tools read, too (RFC 7468, clause 13). Pure functions.
public final class PublicKeyPem {
    private static final Pattern FORM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,1000})-----END PUBLIC KEY-----\\s*");

    private PublicKeyPem() {}

    public static String write(PublicKey key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(Es256.spki(key));
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    /// @throws IllegalArgumentException if `text` is not one P-256 public key in PEM
    public static PublicKey read(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            byte[] spki = Base64.getMimeDecoder().decode(form.group(1).getBytes(StandardCharsets.US_ASCII));
            if (spki.length > PublicKey.POINT_BYTES) {
                PublicKey key = PublicKey.ofPoint(
                        Bytes.wrap(Arrays.copyOfRange(spki, spki.length - PublicKey.POINT_BYTES, spki.length)));
                if (Arrays.equals(spki, Es256.spki(key))) {
                    return key;
                }
            }
        }
        throw new IllegalArgumentException("expected one P-256 public key in PEM (BEGIN PUBLIC KEY)");
    }
}
