package assent.device;

import static assent.device.DeviceStoreContract.write;
import static assent.device.Fixtures.ALICE;
import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.incoming;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.consent.KeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/// What a folder promises beyond the contract: permissions, crashes, size.
class DeviceFolderTest extends FolderTestBase {
    @Test
    void theFolderAndTheKeyAreTheOwnersAlone() throws IOException {
        var store = open();
        write(store, new Change.Activated(Fixtures.activation(ALICE, KeyPair.generate())));

        assertThat(mode(folder())).isEqualTo("rwx------");
        assertThat(mode(folder().resolve("key"))).isEqualTo("rw-------");
        close(store);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aKeyThatOthersCanReadIsRefusedWithTheRepair() throws IOException {
        activateAndClose();
        Files.setPosixFilePermissions(folder().resolve("key"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(this::open)
                .isInstanceOf(DeviceStoreException.class)
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aFolderThatOthersCanLookIntoIsRefusedWithTheRepair() throws IOException {
        activateAndClose();
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(this::open).isInstanceOf(DeviceStoreException.class).hasMessageContaining("chmod 700");
    }

    @Test
    void anActivationWithoutItsKeyIsRefused() throws IOException {
        activateAndClose();
        Files.delete(folder().resolve("key"));

        assertThatThrownBy(this::open).isInstanceOf(DeviceStoreException.class).hasMessageContaining("is missing");
    }

    private void activateAndClose() {
        var store = open();
        write(store, new Change.Activated(Fixtures.activation(ALICE, KeyPair.generate())));
        close(store);
    }

    @Test
    void twoDevicesCannotUseOneFolder() {
        var store = open();

        assertThatThrownBy(this::open)
                .isInstanceOf(DeviceStoreException.class)
                .hasMessageContaining("in use by another device");
        close(store);
        close(open());
    }

    @Test
    void afterErasureNeitherKeyNorNumberNorTextsAreInTheFolder() throws IOException {
        var signingKey = KeyPair.generate();
        var store = open();
        write(store, new Change.Activated(Fixtures.activation(ALICE, signingKey)));
        write(store, new Change.Received(incoming(BOB, "a very private text")));
        var point = signingKey.publicKey().point();

        write(store, new Change.Erased(new KeptErasure(point, point, signingKey.publicKey())));

        assertThat(folder().resolve("key")).doesNotExist();
        try (var files = Files.list(folder())) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain(ALICE.e164(), BOB.e164(), "a very private text");
            }
        }
        close(store);
    }
}
