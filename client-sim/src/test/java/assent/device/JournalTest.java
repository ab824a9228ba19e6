package assent.device;

import static assent.device.DeviceStoreContract.write;
import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.incoming;
import static assent.device.Fixtures.outgoing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a crash or a failing disk leaves of a journal, and how long it grows.
class JournalTest extends FolderTestBase {
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
    void aJournalThatCannotBeWrittenFailsEveryLaterWrite() {
        var store = open();
        journals.close(); // as when the network is closed under its devices

        var write =
                store.write(List.of(new Change.Sending(outgoing(BOB, "lost")))).toCompletableFuture();

        assertThatThrownBy(write::join).hasCauseInstanceOf(DeviceStoreException.class);
        close(store);
    }
}
