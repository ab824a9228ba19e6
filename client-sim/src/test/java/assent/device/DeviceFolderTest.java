package assent.device;

import static assent.device.Fixtures.ALICE;
import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.incoming;
import static assent.device.Fixtures.outgoing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.consent.KeyPair;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a folder promises beyond the contract: permissions, crashes, size.
class DeviceFolderTest extends DeviceStoreContract {
    private final ExecutorService journals = Executors.newSingleThreadExecutor();

    @TempDir
    private Path parent;

    @AfterEach
    void stopJournals() {
        journals.close();
    }

    private Path folder() {
        return parent.resolve("device");
    }

    private DeviceFolder open() {
        return DeviceFolder.open(folder(), journals);
    }

    private static void close(DeviceStore store) {
        store.close().toCompletableFuture().join();
    }

    @Override
    DeviceStore create() {
        return open();
    }

    @Override
    DeviceStore reopen(DeviceStore closed) {
        return open();
    }

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
    void aTornTailIsCutOffWhereverItIsTorn() throws IOException {
        var kept = outgoing(BOB, "kept");
        var store = open();
        write(store, new Change.Sending(kept));
        long whole = Files.size(journal());
        write(store, new Change.Sending(outgoing(BOB, "torn")));
        close(store);
        byte[] bytes = Files.readAllBytes(journal());

        for (int length = (int) whole; length < bytes.length; length++) {
            Files.write(journal(), java.util.Arrays.copyOf(bytes, length), StandardOpenOption.TRUNCATE_EXISTING);
            var reopened = open();
            assertThat(reopened.kept().outbox()).containsExactly(kept);
            close(reopened);
            assertThat(Files.size(journal())).isEqualTo(whole);
        }
    }

    @Test
    void aTailOfZerosIsCutOff() throws IOException {
        var kept = outgoing(BOB, "kept");
        var store = open();
        write(store, new Change.Sending(kept));
        close(store);
        Files.write(journal(), new byte[4096], StandardOpenOption.APPEND);

        var reopened = open();

        assertThat(reopened.kept().outbox()).containsExactly(kept);
        close(reopened);
    }

    @Test
    void aFlippedBitInWhatWasSafeIsRefusedAndNotTakenForATornTail() throws IOException {
        var store = open();
        write(store, new Change.Sending(outgoing(BOB, "damaged")));
        long end = Files.size(journal());
        write(store, new Change.Sending(outgoing(BOB, "whole")));
        close(store);
        flipBit(end - 3);

        assertThatThrownBy(this::open).isInstanceOf(DeviceStoreException.class).hasMessageContaining("damaged");
    }

    private void flipBit(long at) throws IOException {
        try (var file = new RandomAccessFile(journal().toFile(), "rw")) {
            file.seek(at);
            int old = file.read();
            file.seek(at);
            file.write(old ^ 1);
        }
    }

    @Test
    void anotherFileInTheJournalsPlaceIsRefused() throws IOException {
        close(open());
        Files.writeString(journal(), "this is a shopping list, not a journal");

        assertThatThrownBy(this::open).isInstanceOf(DeviceStoreException.class).hasMessageContaining("not a device's");
    }

    @Test
    void theJournalIsRewrittenBeforeItGrowsWithoutEnd() throws IOException {
        long rewriteBytes = 8 << 10;
        var store = DeviceFolder.open(folder(), journals, rewriteBytes);
        var waiting = outgoing(BOB, "still waiting");
        write(store, new Change.Sending(waiting));
        for (int i = 0; i < 2_000; i++) {
            var message = outgoing(BOB, "sent and settled");
            write(store, new Change.Sending(message), new Change.Settled(message.messageId()));
        }

        assertThat(Files.size(journal())).isLessThan(2 * rewriteBytes);
        close(store);
        var reopened = open();
        assertThat(reopened.kept().outbox()).containsExactly(waiting);
        close(reopened);
    }

    @Test
    void receivedMessagesAreStillRecognisedAfterARewrite() {
        var store = DeviceFolder.open(folder(), journals, 1);
        var message = incoming(BOB, "once");
        write(store, new Change.Received(message), new Change.Shown(BOB, message.messageId()));
        write(store);
        write(store);
        close(store);

        var reopened = open();

        assertThat(reopened.hasReceived(BOB, message.messageId())).isTrue();
        close(reopened);
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

    @Test
    void aJournalThatCannotBeWrittenFailsEveryLaterWrite() {
        var store = open();
        journals.close(); // as when the network is closed under its devices

        var write =
                store.write(List.of(new Change.Sending(outgoing(BOB, "lost")))).toCompletableFuture();

        assertThatThrownBy(write::join).hasCauseInstanceOf(DeviceStoreException.class);
        close(store);
    }

    private Path journal() {
        return folder().resolve("journal");
    }
}
