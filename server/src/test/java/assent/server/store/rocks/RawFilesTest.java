package assent.server.store.rocks;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.store.Counter;
import assent.server.store.Fixtures;
import assent.server.store.Write;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever copies the store's files finds no number and no text in them, in any common spelling.
class RawFilesTest {
    private static final String CANARY = "the canary sings at midnight";

    /// Small, so that the test writes table files too.
    private static final RocksConfig SMALL =
            new RocksConfig(10_000, 1 << 24, 10_000, 100, 1 << 20, 1 << 20, 1 << 20, Duration.ofMinutes(1));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void noFileHoldsANumberOrABody() throws Exception {
        Keys keys = Keys.ephemeral();
        try (RocksStore store = RocksStore.open(folder, keys, SMALL)) {
            DeviceId ben = activate(store, BEN).deviceId();
            activate(store, ANNA);
            apply(store, new Write.Block(ben, ANNA, 10));
            apply(store, new Write.Count(Counter.SMS_SENT, ANNA, NOW, 5, Duration.ofHours(1)));
            String filler = CANARY + "-".repeat(10_000);
            for (int i = 0; i < 600; i++) {
                apply(store, text(ANNA, BEN, ben, filler));
            }
            apply(store, text(Fixtures.ANNA, BEN, ben, CANARY));

            List<Path> files = files();
            assertThat(files).noneMatch(Files::isDirectory);
            assertThat(files).anyMatch(file -> file.toString().endsWith(".sst"));
            assertThat(files).anyMatch(file -> file.toString().endsWith(".log"));
            for (Path file : files) {
                assertHidden(file);
            }
        }
        for (Path file : files()) {
            assertHidden(file);
        }
    }

    private List<Path> files() throws IOException {
        // One flat folder, listed without looking at its entries: the store may delete a log meanwhile.
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void assertHidden(Path file) throws IOException {
        String bytes;
        try {
            bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (java.nio.file.NoSuchFileException e) {
            return; // RocksDB tidied it away in the meantime
        }
        List<byte[]> secrets = new ArrayList<>();
        for (PhoneNumber number : List.of(ANNA, BEN)) {
            secrets.addAll(spellings(number.e164().substring(1)));
            secrets.addAll(spellings(number.e164().substring(3)));
        }
        secrets.addAll(spellings(CANARY));
        for (byte[] secret : secrets) {
            assertThat(bytes.contains(new String(secret, StandardCharsets.ISO_8859_1)))
                    .as("%s holds a number or a text", file.getFileName())
                    .isFalse();
        }
    }

    private static List<byte[]> spellings(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        List<byte[]> spellings = new ArrayList<>(List.of(
                plain,
                text.getBytes(StandardCharsets.UTF_16LE),
                text.getBytes(StandardCharsets.UTF_16BE),
                reversedDigits(text)));
        for (int skip = 0; skip < 3; skip++) { // base64 has three spellings, by where the text begins
            String prefixed = "\0".repeat(skip) + text;
            String base64 =
                    Base64.getEncoder().withoutPadding().encodeToString(prefixed.getBytes(StandardCharsets.UTF_8));
            spellings.add(base64.substring(skip == 0 ? 0 : skip + 1, base64.length() - 2)
                    .getBytes(StandardCharsets.US_ASCII));
        }
        return spellings;
    }

    /// Two digits a byte, the first in the lower half, as SMS addresses have them (3GPP TS 23.040,
    /// clause 9.1.2.3).
    private static byte[] reversedDigits(String text) {
        String digits = text.chars().allMatch(Character::isDigit) ? text : "123456789012345";
        byte[] reversed = new byte[digits.length() / 2];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = (byte) ((digits.charAt(2 * i + 1) - '0') << 4 | (digits.charAt(2 * i) - '0'));
        }
        return reversed;
    }
}
