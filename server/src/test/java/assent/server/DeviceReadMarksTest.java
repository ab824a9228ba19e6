package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.device.BlockOutcome;
import assent.device.DeviceNetwork;
import assent.device.Trust;
import assent.protocol.MessageId;
import assent.server.support.Phone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Read marks with the device library, through the real gateway: they go the way of texts.
class DeviceReadMarksTest {
    @TempDir
    Path folder;

    private TestGateway gateway;
    private DeviceNetwork network;
    private Phone anna;
    private Phone ben;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder);
        network = DeviceNetwork.open(
                new Trust.CertificateFile(gateway.gateway().identity().certificateFile()));
        anna = Phone.fresh(gateway, network).activate();
        ben = Phone.fresh(gateway, network).activate();
    }

    @AfterEach
    void stop() {
        anna.close();
        ben.close();
        network.close();
        gateway.close();
    }

    private MessageId sentToBen(String text) {
        int before = ben.shown().size();
        var sent = anna.send(ben, text);
        ben.awaitShown(before + 1);
        return sent.messageId();
    }

    private void away(Phone phone, int othersLive) {
        phone.device.disconnect();
        gateway.awaitLive(othersLive);
    }

    /// What a phone sent before this text has come to its outcome when the text has.
    private static void settle(Phone from, Phone to) {
        from.outcomeOf(from.send(to, "settled"));
    }

    private static void awaitRead(Phone phone, List<MessageId> expected) {
        Awaitility.await().untilAsserted(() -> assertThat(phone.read()).isEqualTo(expected));
    }

    /// A text that Anna asks for is marked, so whatever was to be marked before it has been.
    private void assertNothingWasRead() {
        anna.allowReadMarks(true);
        ben.allowReadMarks(true);
        var last = sentToBen("the last one");
        ben.readLast();
        awaitRead(anna, List.of(last));
    }

    @Test
    void theSenderHearsThatItsTextsWereReadIfBothAllowIt() {
        anna.allowReadMarks(true);
        ben.allowReadMarks(true);
        var first = sentToBen("first");
        var second = sentToBen("second");

        ben.readAll();
        awaitRead(anna, List.of(first, second));
        ben.readAll();

        var third = sentToBen("third");
        ben.readAll();
        awaitRead(anna, List.of(first, second, third));
        assertThat(anna.shown()).isEmpty();
        assertThat(ben.read()).isEmpty();
    }

    @Test
    void theSenderHearsNothingIfItsUserDoesNotAllowIt() {
        ben.allowReadMarks(true);
        sentToBen("not asked");
        ben.readAll();

        assertNothingWasRead();
    }

    @Test
    void theSenderHearsNothingIfTheReaderDoesNotAllowIt() {
        anna.allowReadMarks(true);
        sentToBen("asked in vain");
        ben.readAll();

        assertNothingWasRead();
    }

    @Test
    void questionAndMarkWaitForWhoeverIsAwayAlsoThroughARestartOfTheGateway() throws Exception {
        anna.allowReadMarks(true);
        ben.allowReadMarks(true);
        away(ben, 1);
        var sent = anna.send(ben, "for later");
        anna.outcomeOf(sent);
        away(anna, 0);
        gateway.restart();

        ben.connect();
        ben.awaitShown(1);
        ben.readAll();
        settle(ben, anna);
        away(ben, 0);
        gateway.restart();
        assertThat(anna.read()).isEmpty();
        anna.connect();

        awaitRead(anna, List.of(sent.messageId()));
    }

    @Test
    void aReaderThatTheSenderBlocksMarksNothing() {
        anna.allowReadMarks(true);
        ben.allowReadMarks(true);
        sentToBen("read it after the block");
        assertThat(Phone.get(anna.device.block(ben.number))).isEqualTo(new BlockOutcome.Done());
        ben.readAll();
        settle(ben, anna);
        assertThat(Phone.get(anna.device.unblock(ben.number))).isEqualTo(new BlockOutcome.Done());

        assertNothingWasRead();
    }
}
