package assent.device;

import static assent.device.Fixtures.ALICE;
import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.incoming;
import static assent.device.Fixtures.outgoing;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.MessageId;
import assent.protocol.consent.KeyPair;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The summary of a state leads to that state: a journal that is rewritten remembers the same.
class DeviceMemoryTest {
    private final DeviceMemory memory = new DeviceMemory(DeviceStore.RECEIVED_MIN);

    private void apply(Change... changes) {
        List.of(changes).forEach(memory::apply);
    }

    private void assertTheSummaryLeadsHere() {
        var again = new DeviceMemory(DeviceStore.RECEIVED_MIN);
        memory.summary().forEach(again::apply);
        assertThat(again.kept()).isEqualTo(memory.kept());
    }

    private static OutgoingMessage asking(String text) {
        var message = outgoing(BOB, text);
        return new OutgoingMessage(message.messageId(), BOB, message.body().wantingReadMark(), message.delivery());
    }

    @Test
    void whateverIsKeptIsInTheSummary() {
        var becomesSms = asking("becomes an SMS");
        apply(
                new Change.Activated(Fixtures.activation(ALICE, KeyPair.generate())),
                new Change.ReadMarksAllowed(true),
                new Change.Sending(asking("waits")),
                new Change.Sending(becomesSms),
                new Change.FellBack(becomesSms.messageId()),
                new Change.Queued(new AwaitedReceipt(MessageId.random(), BOB, Instant.EPOCH)),
                new Change.Unread(new UnreadText(MessageId.random(), BOB)),
                new Change.Received(incoming(BOB, "not shown")));

        assertThat(memory.kept().unread()).hasSize(2);
        assertTheSummaryLeadsHere();
    }

    @Test
    void aTextThatWasReadBeforeItsOutcomeIsNotWaitedForAgain() {
        var read = asking("read already");
        apply(new Change.ReadMarksAllowed(true), new Change.Sending(read), new Change.ReadDone(read.messageId()));

        assertTheSummaryLeadsHere();
    }

    @Test
    void aTextThatAskedBeforeTheUserSwitchedOffIsNotWaitedForAgain() {
        apply(
                new Change.ReadMarksAllowed(true),
                new Change.Sending(asking("asked")),
                new Change.ReadMarksAllowed(false));

        assertThat(memory.kept().unread()).isEmpty();
        assertTheSummaryLeadsHere();
    }
}
