package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.BodyType;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.server.support.AnnaAndBen;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.charset.StandardCharsets;
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

/// What a sender is promised, and what the recipient then gets. Anna writes to Ben.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextsTest {
    private TestGateway gateway;
    private RawPhone anna;
    private RawPhone ben;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(folder, Map.of("session.grace", "300ms"));
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
    void aTextThatIsAcknowledgedAtOnceIsDeliveredAndNeverStored() {
        double unstored = gateway.meter("assent.messages.delivered.unstored");
        double stored = gateway.meter("assent.messages.stored");

        MessageId id = anna.text(ben.number, "are you there?");
        GatewayFrame.Deliver delivery = ben.delivery();
        ben.acknowledge(delivery.deliveryNumber());

        assertThat(anna.result()).isEqualTo(GatewayFrame.SendResult.of(id, Outcome.DELIVERED));
        assertThat(delivery.messageId()).isEqualTo(id);
        assertThat(delivery.from()).isEqualTo(anna.number);
        assertThat(delivery.body().toUtf8()).isEqualTo("are you there?");
        assertThat(gateway.meter("assent.messages.delivered.unstored")).isEqualTo(unstored + 1);
        assertThat(gateway.meter("assent.messages.stored")).isEqualTo(stored);
    }

    @Test
    void aTextToADeviceThatIsAwayWaitsAndItsSenderHearsWhenItHasArrived() {
        ben.goAway();
        gateway.awaitLive(1);
        MessageId id = anna.text(ben.number, "see you");
        assertThat(anna.result()).isEqualTo(GatewayFrame.SendResult.of(id, Outcome.QUEUED));

        ben.comeBack();
        GatewayFrame.Deliver delivery = ben.delivery();
        ben.acknowledge(delivery.deliveryNumber());

        assertThat(delivery.messageId()).isEqualTo(id);
        assertThat(anna.peer().expect(GatewayFrame.DeliveryReceipt.class).messageId())
                .isEqualTo(id);
        ben.comeBack();
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void aTextThatIsNotAcknowledgedInTheGraceIsQueuedAndTheReceiptFollows() {
        MessageId id = anna.text(ben.number, "hm");
        GatewayFrame.Deliver delivery = ben.delivery();

        assertThat(anna.result()).isEqualTo(GatewayFrame.SendResult.of(id, Outcome.QUEUED));
        ben.acknowledge(delivery.deliveryNumber());

        assertThat(anna.peer().expect(GatewayFrame.DeliveryReceipt.class).messageId())
                .isEqualTo(id);
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void aNumberThatWasNeverActivatedLooksLikeOneWhoseDeviceIsAway() {
        ben.goAway();
        gateway.awaitLive(1);
        PhoneNumber stranger = gateway.newNumber();
        MessageId id = MessageId.random();

        anna.send(id, ben.number, "hello");
        anna.result();
        anna.send(new MessageId(id.high(), id.low() + 1), stranger, "hello");
        anna.result();
        anna.peer().send(new DeviceFrame.Ping(1)).expect(GatewayFrame.Pong.class);

        byte[] toBen = lastResult(anna, id);
        byte[] toStranger = lastResult(anna, new MessageId(id.high(), id.low() + 1));
        System.arraycopy(id.toArray(), 0, toStranger, positionOf(id, toBen), 16);
        assertThat(toStranger).isEqualTo(toBen);
    }

    @Test
    void anyBytesArriveAsTheyWere() {
        List<byte[]> bodies = new ArrayList<>();
        for (String text : new String[] {
            "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC66 \u2764\uFE0F", // a family of joined emoji
            "\u202Eright to left\u202C \u0645\u0631\u062D\u0628\u0627", // with direction marks
            "e\u0301 is not \u00e9", // combining, and not to be normalised
            "a\u0000b\r\n\t\uFEFF ", // control characters, a byte order mark, spaces at the end
            "x".repeat(16_384)
        }) {
            bodies.add(text.getBytes(StandardCharsets.UTF_8));
        }
        bodies.add(new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, (byte) 0xfe, 0}); // no UTF-8 at all
        bodies.add(new byte[] {0});
        for (boolean live : new boolean[] {true, false}) {
            if (!live) {
                ben.goAway();
                gateway.awaitLive(1);
            }
            for (byte[] body : bodies) {
                anna.text(ben.number, Body.wrap(BodyType.TEXT_UTF8, body));
            }
            if (!live) {
                bodies.forEach(ignored -> anna.result());
                ben.comeBack();
            }
            for (byte[] body : bodies) {
                GatewayFrame.Deliver delivery = ben.delivery();
                assertThat(delivery.body().borrow()).isEqualTo(body);
                ben.acknowledge(delivery.deliveryNumber());
            }
        }
    }

    @Test
    void aTextToOneselfArrives() {
        AnnaAndBen.awaitLevel(anna, anna);
        MessageId id = anna.text(anna.number, "note to self");
        GatewayFrame.Deliver delivery = anna.delivery();
        anna.acknowledge(delivery.deliveryNumber());
        assertThat(delivery.messageId()).isEqualTo(id);
        assertThat(anna.result().outcome()).isEqualTo(Outcome.DELIVERED);
    }

    /// The bytes of the result for this message, as they came.
    private static byte[] lastResult(RawPhone phone, MessageId id) {
        byte[] all = phone.peer().received();
        int at = positionOf(id, all);
        int start = at;
        while (all[start] != 0 || all[start + 1] != 0 || all[start + 2] != 0) {
            start--; // back to the length prefix, which begins with zeros
        }
        return java.util.Arrays.copyOfRange(all, start, start + 4 + all[start + 3]);
    }

    private static int positionOf(MessageId id, byte[] bytes) {
        String haystack = new String(bytes, StandardCharsets.ISO_8859_1);
        return haystack.lastIndexOf(new String(id.toArray(), StandardCharsets.ISO_8859_1));
    }
}
