package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.protocol.wire.proto.BodyType;
import assent.protocol.wire.proto.CloudOnly;
import assent.protocol.wire.proto.Send;
import assent.server.support.AnnaAndBen;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is refused, why, and that nothing else suffers. Anna writes to Ben.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedTextsTest {
    private static final int MAILBOX_MAX = 15;
    private static final Optional<DeliveryOption> FOREVER = Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO));

    private TestGateway gateway;
    private RawPhone anna;
    private RawPhone ben;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(
                folder,
                Map.of(
                        "session.grace", "300ms",
                        "session.deliveries-in-flight-max", "4",
                        "session.sends-in-flight-max", "20",
                        "store.mailbox-messages-max", Integer.toString(MAILBOX_MAX)));
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
    void whatCannotBeSentIsRefusedWithItsReasonAndTheConnectionGoesOn() {
        for (String nobody :
                new String[] {"", "12345", "+", "+49 30 1234567", "0301234567", "+999123456789", "x".repeat(64)}) {
            assertThat(refusal(nobody, Optional.of(Body.text("hello")), FOREVER))
                    .isEqualTo(Reason.RECIPIENT_INVALID);
        }
        String to = ben.number.e164();
        assertThat(refusal(to, Optional.empty(), FOREVER)).isEqualTo(Reason.BODY_INVALID);
        assertThat(refusal(to, Optional.of(Body.text("hello")), Optional.empty()))
                .isEqualTo(Reason.DELIVERY_OPTION_INVALID);
        assertThat(refusal(
                        to,
                        Optional.of(Body.text("hello")),
                        Optional.of(new DeliveryOption.CloudThenSms(Duration.ofMillis(999)))))
                .isEqualTo(Reason.DELIVERY_OPTION_INVALID);
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void aBodyOfOneByteTooManyIsRefused() {
        MessageId id = MessageId.random();
        byte[] message = assent.protocol.wire.proto.DeviceFrame.newBuilder()
                .setSend(Send.newBuilder()
                        .setMessageId(ByteString.copyFrom(id.toArray()))
                        .setTo(ben.number.e164())
                        .setBodyType(BodyType.BODY_TYPE_TEXT_UTF8)
                        .setBody(ByteString.copyFrom(new byte[Limits.BODY_BYTES_MAX + 1]))
                        .setCloudOnly(CloudOnly.getDefaultInstance()))
                .build()
                .toByteArray();

        anna.peer()
                .sendBytes(ByteBuffer.allocate(4 + message.length)
                        .putInt(message.length)
                        .put(message)
                        .array());

        GatewayFrame.SendResult result = anna.result();
        assertThat(result.messageId()).isEqualTo(id);
        assertThat(result.reason()).contains(Reason.BODY_INVALID);
        assertThat(result.retryAfter()).isEmpty();
        assertThat(anna.hasNothingMore()).isTrue();
    }

    @Test
    void whoSendsMoreThanAllowedWithoutResultsIsToldToWait() {
        Set<MessageId> sent = new HashSet<>();
        var atOnce = new ByteArrayOutputStream(); // in one piece, so that no result can come in between
        for (int i = 0; i < 21; i++) {
            var id = MessageId.random();
            sent.add(id);
            atOnce.writeBytes(anna.peer()
                    .encode(new DeviceFrame.Send(id, ben.number.e164(), Optional.of(Body.text("text " + i)), FOREVER)));
        }
        anna.peer().sendBytes(atOnce.toByteArray());
        List<GatewayFrame.SendResult> refused = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            GatewayFrame.SendResult result = anna.result();
            assertThat(sent.remove(result.messageId())).isTrue();
            if (result.outcome() == Outcome.REFUSED) {
                refused.add(result);
            }
        }
        assertThat(refused).isNotEmpty().allSatisfy(result -> {
            assertThat(result.reason()).get().isIn(Reason.TOO_MANY_IN_FLIGHT, Reason.MAILBOX_FULL);
            assertThat(result.retryAfter()).isPresent();
        });
        assertThat(refused).anyMatch(result -> result.reason().equals(Optional.of(Reason.TOO_MANY_IN_FLIGHT)));
    }

    @Test
    void aFullMailboxRefusesAndLosesNothingOfWhatItAccepted() {
        ben.goAway();
        gateway.awaitLive(1);
        List<MessageId> accepted = new ArrayList<>();
        MessageId refused;
        while (true) {
            MessageId id = anna.text(ben.number, "text");
            GatewayFrame.SendResult result = anna.result();
            if (result.outcome() == Outcome.REFUSED) {
                assertThat(result.reason()).contains(Reason.MAILBOX_FULL);
                assertThat(result.retryAfter()).isPresent();
                refused = id;
                break;
            }
            accepted.add(id);
        }
        assertThat(accepted).hasSize(MAILBOX_MAX);

        ben.comeBack();
        for (MessageId id : accepted) {
            GatewayFrame.Deliver delivery = ben.delivery();
            assertThat(delivery.messageId()).isEqualTo(id);
            ben.acknowledge(delivery.deliveryNumber());
        }
        anna.send(refused, ben.number, "text");
        assertThat(ben.delivery().messageId()).isEqualTo(refused);
    }

    @Test
    void anOldAcknowledgementIsHarmlessAndOneForAFutureDeliveryEndsTheConnection() {
        anna.text(ben.number, "one");
        long number = ben.delivery().deliveryNumber();
        ben.acknowledge(0).acknowledge(number).acknowledge(number).acknowledge(number - 1);
        assertThat(anna.result().outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(ben.hasNothingMore()).isTrue();

        ben.acknowledge(number + 1);

        assertThat(ben.peer().goodbye()).isEqualTo(Reason.ACKNOWLEDGEMENT_INVALID);
    }

    /// The reason of a refusal that trying again would not mend.
    private Reason refusal(String to, Optional<Body> body, Optional<DeliveryOption> delivery) {
        MessageId id = MessageId.random();
        anna.peer().send(new DeviceFrame.Send(id, to, body, delivery));
        GatewayFrame.SendResult result = anna.result();
        assertThat(result.messageId()).isEqualTo(id);
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.retryAfter()).isEmpty();
        return result.reason().orElseThrow();
    }
}
