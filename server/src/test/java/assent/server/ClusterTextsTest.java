package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.server.support.RawPhone;
import assent.server.support.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts whose sender and recipient are at different gateways.
class ClusterTextsTest {
    @TempDir
    Path folder;

    private TestCluster cluster;
    private RawPhone anna;
    private RawPhone ben;

    @BeforeEach
    void annaIsAtOneGatewayAndBenAtTheOther() throws Exception {
        cluster = TestCluster.start(folder, 2);
        anna = cluster.rawPhone(0);
        ben = cluster.rawPhone(1);
        anna.activate();
        ben.activate();
    }

    @AfterEach
    void close() throws Exception {
        anna.close();
        ben.close();
        cluster.close();
    }

    @Test
    void aTextReachesAPhoneAtAnotherGatewayAndItsSenderIsTold() {
        var id = anna.text(ben.number, "across");

        var delivery = ben.delivery();
        assertThat(delivery.body().toUtf8()).isEqualTo("across");
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        ben.acknowledge(delivery.deliveryNumber());
        assertThat(anna.peer().skipTo(GatewayFrame.DeliveryReceipt.class).messageId())
                .isEqualTo(id);
    }

    @Test
    void textsArriveOnceAndInTheOrderOfTheirSending() {
        IntStream.range(0, 200).forEach(i -> anna.text(ben.number, "text " + i));

        assertThat(received(ben, 200))
                .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "text " + i).toList());
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void textsArriveInOrderAlsoIfSomeFallBackAndTheRecipientsGatewayHasAnEarlierTime() {
        cluster.node(0).clockIsAhead(Duration.ofMillis(200)); // as far as may be
        cluster.node(1).clockIsAhead(Duration.ofMillis(-200));

        for (int i = 0; i < 20; i += 2) {
            anna.text(ben.number, "text " + i);
            annaSendsWithADeadline("text " + (i + 1));
        }

        assertThat(received(ben, 20))
                .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "text " + i).toList());
    }

    @Test
    void aSenderWhoMovesToTheRecipientsGatewayDoesNotOvertakeItself() {
        cluster.node(1).letters().shut(); // what anna sent by the other gateway is not known here yet
        anna.text(ben.number, "first");
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        try (var moved = cluster.twin(anna, 1)) {
            moved.signIn(anna.deviceId());
            moved.peer().expect(GatewayFrame.SignedIn.class);

            moved.text(ben.number, "second");

            assertThat(received(ben, 2)).containsExactly("first", "second");
            cluster.node(1).letters().open();
            assertThat(ben.hasNothingMore()).isTrue();
        }
    }

    @Test
    void aRecipientWhoMovesInTheMiddleGetsEveryTextInOrder() {
        IntStream.range(0, 60).forEach(i -> anna.text(ben.number, "text " + i));
        var order = new LinkedHashMap<MessageId, String>();
        take(ben, order, 20);
        try (var atAnnas = cluster.twin(ben, 0)) {
            atAnnas.signIn(ben.deviceId());
            atAnnas.peer().expect(GatewayFrame.SignedIn.class);
            IntStream.range(60, 120).forEach(i -> anna.text(ben.number, "text " + i));
            take(atAnnas, order, 80);
            try (var back = cluster.twin(ben, 1)) {
                back.signIn(ben.deviceId());
                back.peer().expect(GatewayFrame.SignedIn.class);
                take(back, order, 120);
            }
        }
        assertThat(order.values())
                .containsExactlyElementsOf(
                        IntStream.range(0, 120).mapToObj(i -> "text " + i).toList());
    }

    /// Takes deliveries, as a device that knows what it has, until it has so many.
    private static void take(RawPhone phone, Map<MessageId, String> known, int until) {
        while (known.size() < until) {
            var delivery = phone.delivery();
            known.putIfAbsent(delivery.messageId(), delivery.body().toUtf8());
            phone.acknowledge(delivery.deliveryNumber());
        }
    }

    @Test
    void aReceiptFollowsTheSenderToItsNewGateway() {
        ben.goAway();
        cluster.node(1).awaitLive(0);
        var id = anna.text(ben.number, "for later");
        anna.result();
        try (var moved = cluster.twin(anna, 1);
                var back = cluster.twin(ben, 0)) {
            moved.signIn(anna.deviceId());
            moved.peer().expect(GatewayFrame.SignedIn.class);
            back.signIn(ben.deviceId());

            back.acknowledge(back.delivery().deliveryNumber());

            assertThat(moved.peer().skipTo(GatewayFrame.DeliveryReceipt.class).messageId())
                    .isEqualTo(id);
        }
    }

    @Test
    void whoIsBlockedAtOneGatewayIsBlockedAtAll() {
        ben.peer().send(new DeviceFrame.Block(1, anna.number.e164()));
        assertThat(ben.peer().skipTo(GatewayFrame.BlockAnswer.class).refusal()).isEmpty();

        anna.text(ben.number, "blocked");

        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void aTextWithADeadlineIsDeliveredAcrossGatewaysAndItsSenderHearsOneOutcome() {
        annaSendsWithADeadline("soon");

        ben.acknowledge(ben.delivery().deliveryNumber());

        assertThat(anna.result().outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(anna.hasNothingMore()).isTrue();
    }

    private void annaSendsWithADeadline(String text) {
        anna.peer()
                .send(new DeviceFrame.Send(
                        MessageId.random(),
                        ben.number.e164(),
                        Optional.of(Body.text(text)),
                        Optional.of(new DeliveryOption.CloudThenSms(Duration.ofSeconds(30)))));
    }

    private static List<String> received(RawPhone phone, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    var delivery = phone.delivery();
                    phone.acknowledge(delivery.deliveryNumber());
                    return delivery.body().toUtf8();
                })
                .toList();
    }
}
