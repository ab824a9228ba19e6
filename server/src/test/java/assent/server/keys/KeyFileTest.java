package assent.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The key file is ours alone, and is made once.
class KeyFileTest {
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+911234567890");

    @TempDir
    private Path folder = Path.of("");

    private Path file() {
        return folder.resolve("secrets").resolve("assent.keys");
    }

    @Test
    void aNewFileIsForItsOwnerOnlyAndReadsBack() throws Exception {
        Keys made = KeyFile.open(file(), true);

        Keys read = KeyFile.open(file(), false);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(read.macOf(NUMBER)).isEqualTo(made.macOf(NUMBER));
        assertThat(read.check()).isEqualTo(made.check());
        assertThat(read.signing().publicKey()).isEqualTo(made.signing().publicKey());
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxr-xr-x"})
    void aFileThatOthersCanGetAtIsRefused(String mode) throws Exception {
        KeyFile.open(file(), true);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> KeyFile.open(file(), true))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600 " + file());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void aFileForItsOwnerOnlyIsTaken(String mode) throws Exception {
        KeyFile.open(file(), true);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));

        assertThat(KeyFile.open(file(), true)).isNotNull();
    }

    @Test
    void aFileOfAnotherUserIsRefused() throws Exception {
        KeyFile.open(file(), true);
        org.junit.jupiter.api.Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "only root can give a file away");
        Files.setAttribute(file(), "unix:uid", 65534);

        assertThatThrownBy(() -> KeyFile.open(file(), true))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("belongs to")
                .hasMessageContaining("chown");
    }

    @Test
    void aMissingFileIsNotMadeAnewOnceThereIsData() {
        assertThatThrownBy(() -> KeyFile.open(file(), false))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining(file().toString());
        assertThat(file()).doesNotExist();
    }

    @Test
    void amongGatewaysThatStartAtOnceOneMakesTheFileAndAllReadIt() throws Exception {
        try (var threads = java.util.concurrent.Executors.newFixedThreadPool(8)) {
            var all = threads.invokeAll(java.util.Collections.nCopies(
                    8, () -> KeyFile.open(file(), true).check()));

            for (var one : all) {
                assertThat(one.get()).isEqualTo(KeyFile.open(file(), false).check());
            }
        }
    }

    @Test
    void aMalformedFileIsRefusedByLineAndItsSecretsAreNotRepeated() throws Exception {
        KeyFile.open(file(), true);
        List<String> lines = Files.readAllLines(file());
        int pepper = line(lines, "pepper");
        String secret = lines.get(pepper).substring(8, 40);

        assertRefused(lines, 0, "something else 2", 1, "assent-keys 1", secret);
        assertRefused(lines, pepper, "pepper: " + secret, pepper + 1, "expected 64", secret);
        assertRefused(lines, pepper, "pepper: " + secret + "xyz", pepper + 1, "hexadecimal", secret);
        assertRefused(lines, pepper, "peper: " + secret, pepper + 1, "expected one of", secret);
        assertRefused(lines, pepper, secret, pepper + 1, "expected one of", secret);
        assertRefused(lines, pepper, "# gone", lines.size(), "without 'pepper'", secret);
        assertRefused(lines, pepper + 1, lines.get(pepper), pepper + 2, "second time", secret);
        int signing = line(lines, "signing-private-key");
        assertRefused(lines, signing, "signing-private-key: " + secret, signing + 1, "PKCS #8", secret);
        assertRefused(lines, signing - 1, "signing-public-key: " + secret, signing, "point of P-256", secret);
    }

    private static int line(List<String> lines, String name) {
        return (int) lines.stream().takeWhile(line -> !line.startsWith(name)).count();
    }

    private void assertRefused(List<String> lines, int index, String changed, int line, String why, String secret)
            throws IOException {
        var edited = new java.util.ArrayList<>(lines);
        edited.set(index, changed);
        Files.write(file(), edited);
        assertThatThrownBy(() -> KeyFile.open(file(), true))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(file() + ", line " + line + ":")
                .hasMessageContaining(why)
                .message()
                .doesNotContain(secret);
    }

    @Test
    void anEmptyOrHugeFileOrAFolderIsRefused() throws Exception {
        KeyFile.open(file(), true);
        Files.writeString(file(), "");
        assertThatThrownBy(() -> KeyFile.open(file(), true)).hasMessageContaining("line 1");

        Files.write(file(), new byte[KeyFile.FILE_BYTES_MAX + 1]);
        assertThatThrownBy(() -> KeyFile.open(file(), true)).hasMessageContaining("expected at most");

        assertThatThrownBy(() -> KeyFile.open(folder, true)).hasMessageContaining("not a regular file");
    }
}
