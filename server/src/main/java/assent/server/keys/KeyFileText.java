package assent.server.keys;

import assent.protocol.Bytes;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.PublicKey;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The text of a key file: a version line, then `name: hexadecimal` lines; empty lines and those that
/// begin with `#` are passed over. Messages name the line and never repeat it, since it may be a secret.
final class KeyFileText {
    private static final String VERSION = "assent-keys 1";
    private static final String PEPPER = "pepper";
    private static final String MASTER_KEY = "master-key";
    private static final String CODE_MAC_KEY = "code-mac-key";
    private static final String SIGNING_PUBLIC = "signing-public-key";
    private static final String SIGNING_PRIVATE = "signing-private-key";
    private static final List<String> NAMES =
            List.of(PEPPER, MASTER_KEY, CODE_MAC_KEY, SIGNING_PUBLIC, SIGNING_PRIVATE);

    private KeyFileText() {}

    static String write(Secrets secrets) {
        return VERSION + "\n"
                + "# The secrets of an Assent gateway. Whoever has this file and the store can read what is stored;\n"
                + "# without this file nobody can. Keep a copy in a safe place, away from copies of the store.\n"
                + line(PEPPER, secrets.pepper())
                + line(MASTER_KEY, secrets.masterKey())
                + line(CODE_MAC_KEY, secrets.codeMacKey())
                + line(SIGNING_PUBLIC, secrets.signing().publicKey().point())
                + line(SIGNING_PRIVATE, secrets.signing().pkcs8());
    }

    private static String line(String name, Bytes value) {
        return name + ": " + value.hex() + "\n";
    }

    static Secrets read(Path file, String text) throws KeyFileException {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(VERSION)) {
            throw malformed(file, 1, "expected the version line '" + VERSION + "'");
        }
        Map<String, Entry> entries = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                Entry entry = entry(file, i + 1, line);
                if (entries.put(entry.name, entry) != null) {
                    throw malformed(file, i + 1, "'" + entry.name + "' stands here for the second time");
                }
            }
        }
        for (String name : NAMES) {
            if (!entries.containsKey(name)) {
                throw malformed(file, lines.size(), "the file ends without '" + name + "'");
            }
        }
        return new Secrets(
                key(file, entries, PEPPER),
                key(file, entries, MASTER_KEY),
                key(file, entries, CODE_MAC_KEY),
                signing(file, entries));
    }

    private record Entry(int line, String name, Bytes value) {}

    private static Entry entry(Path file, int number, String line) throws KeyFileException {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip();
        if (!NAMES.contains(name)) {
            throw malformed(file, number, "expected one of " + NAMES + ", then ':' and hexadecimal digits");
        }
        try {
            return new Entry(
                    number, name, Bytes.fromHex(line.substring(colon + 1).strip()));
        } catch (IllegalArgumentException e) {
            throw malformed(file, number, "the value of '" + name + "' is not an even number of hexadecimal digits");
        }
    }

    private static Entry taken(Map<String, Entry> entries, String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalStateException("presence was checked");
        }
        return entry;
    }

    private static Bytes key(Path file, Map<String, Entry> entries, String name) throws KeyFileException {
        Entry entry = taken(entries, name);
        if (entry.value.length() != Secrets.KEY_BYTES) {
            throw malformed(
                    file,
                    entry.line,
                    "'" + name + "' has " + 2 * entry.value.length() + " hexadecimal digits, expected "
                            + 2 * Secrets.KEY_BYTES);
        }
        return entry.value;
    }

    private static KeyPair signing(Path file, Map<String, Entry> entries) throws KeyFileException {
        Entry publicKey = taken(entries, SIGNING_PUBLIC);
        Entry privateKey = taken(entries, SIGNING_PRIVATE);
        PublicKey point;
        try {
            point = PublicKey.ofPoint(publicKey.value);
        } catch (IllegalArgumentException e) {
            throw malformed(file, publicKey.line, "expected an uncompressed point of P-256 (130 hexadecimal digits)");
        }
        try {
            return KeyPair.restore(point, privateKey.value);
        } catch (IllegalArgumentException e) {
            throw malformed(
                    file, privateKey.line, "expected the PKCS #8 private key that belongs to '" + SIGNING_PUBLIC + "'");
        }
    }

    private static KeyFileException malformed(Path file, int line, String what) {
        return new KeyFileException("Key file " + file + ", line " + line + ": " + what
                + ". Put back the copy that was made when the gateway was set up.");
    }
}
