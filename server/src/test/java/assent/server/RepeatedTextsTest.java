package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.server.support.AnnaAndBen;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What comes twice, or waits behind what has not been acknowledged. Anna writes to Ben, who takes
/// four at a time.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedTextsTest {
    private static final int IN_FLIGHT_MAX = 4;

    private TestGateway gateway;
    private RawPhone anna;
    private RawPhone ben;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(
                folder,
                Map.of("session.grace", "300ms", "session.deliveries-in-flight-max", Integer.toString(IN_FLIGHT_MAX)));
    }

    @BeforeEach
    void activateBoth() {
        var both = AnnaAndBen.connected(gateway);
        anna = both.anna();
        ben = both.ben();
    }

    @AfterEach
    void leave() {
        anna.close();
        ben.close();
        gateway.awaitNobody();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void whatWasNotAcknowledgedComesAgainWithTheSameIdAndANewNumber() {
        MessageId first = anna.text(ben.number, "one");
        MessageId second = anna.text(ben.number, "two");
        ben.delivery();
        ben.delivery();

        ben.goAway();

        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        ben.comeBack();
        GatewayFrame.Deliver again = ben.delivery();
        assertThat(again.messageId()).isEqualTo(first);
        assertThat(again.deliveryNumber()).isEqualTo(1);
        assertThat(ben.delivery().messageId()).isEqualTo(second);
        ben.acknowledge(2);
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void moreThanTheWindowArrivesInOrderAsItIsAcknowledged() {
        List<MessageId> sent = new ArrayList<>();
        for (int i = 0; i < 3 * IN_FLIGHT_MAX; i++) {
            sent.add(anna.text(ben.number, "text " + i));
        }
        List<MessageId> received = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            GatewayFrame.Deliver delivery = ben.delivery();
            received.add(delivery.messageId());
            assertThat(received).doesNotHaveDuplicates();
            ben.acknowledge(delivery.deliveryNumber());
        }
        assertThat(received).isEqualTo(sent);
    }

    @Test
    void notMoreThanTheWindowIsSentToADeviceThatAcknowledgesNothing() {
        for (int i = 0; i < 2 * IN_FLIGHT_MAX; i++) {
            anna.text(ben.number, "text " + i);
        }
        for (int i = 0; i < 2 * IN_FLIGHT_MAX; i++) {
            assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        }
        for (int i = 0; i < IN_FLIGHT_MAX; i++) {
            ben.delivery();
        }
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void theSameMessageTwiceInFlightIsDeliveredOnceAndHasOneResult() {
        MessageId id = MessageId.random();
        anna.send(id, ben.number, "once");
        anna.send(id, ben.number, "once");
        GatewayFrame.Deliver delivery = ben.delivery();
        assertThat(ben.hasNothingMore()).isTrue();
        ben.acknowledge(delivery.deliveryNumber());

        assertThat(anna.result().messageId()).isEqualTo(id);
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void theSameMessageTwiceInAMailboxIsDeliveredOnce() {
        ben.goAway();
        gateway.awaitLive(1);
        MessageId id = MessageId.random();
        for (int i = 0; i < 3; i++) {
            anna.send(id, ben.number, "once");
            assertThat(anna.result()).isEqualTo(GatewayFrame.SendResult.of(id, Outcome.QUEUED));
        }
        ben.comeBack();

        assertThat(ben.delivery().messageId()).isEqualTo(id);
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void aSenderThatComesBackAndAsksAgainGetsItsResultAndTheTextIsDeliveredOnce() {
        MessageId id = MessageId.random();
        anna.send(id, ben.number, "once");
        GatewayFrame.Deliver delivery = ben.delivery();

        anna.comeBack();
        anna.send(id, ben.number, "once");
        assertThat(ben.hasNothingMore()).isTrue();
        ben.acknowledge(delivery.deliveryNumber());

        assertThat(anna.result().messageId()).isEqualTo(id);
        assertThat(ben.hasNothingMore()).isTrue();
    }
}
