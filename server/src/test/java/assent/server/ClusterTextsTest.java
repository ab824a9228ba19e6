package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.GatewayFrame;
import assent.protocol.Outcome;
import assent.server.support.RawPhone;
import assent.server.support.TestCluster;
import java.nio.file.Path;
import java.util.List;
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
