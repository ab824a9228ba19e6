package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.GatewayFrame;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.server.support.RawPhone;
import assent.server.support.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Gateways that are cut off, stand still or die, and a Redis that forgets: nothing is lost, shown twice or left
/// lying. The lease runs four times as fast as an operator's.
class ClusterFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private TestCluster cluster;
    private RawPhone anna;
    private RawPhone ben;

    @BeforeEach
    void annaIsAtOneGatewayAndBenAtTheOther() throws Exception {
        cluster = TestCluster.startWithQuickLease(folder, 2);
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
    void aGatewayThatIsCutOffSendsItsPhonesAwayAndTheirTextsWaitForThem() {
        cluster.node(1).toRedis().block();

        anna.text(ben.number, "while cut off");
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        var goodbye = ben.peer().skipTo(GatewayFrame.Goodbye.class);
        assertThat(goodbye.reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
        assertThat(goodbye.retryAfter()).isPresent();

        try (var elsewhere = cluster.twin(ben, 0)) {
            elsewhere.signIn(ben.deviceId());
            assertThat(elsewhere.delivery().body().toUtf8()).isEqualTo("while cut off");
        }
    }

    @Test
    void aDeadGatewayIsGoneForTheOthersAfterItsLease() {
        assertThat(cluster.boxes()).isEqualTo(2);

        cluster.node(1).toRedis().block();

        Awaitility.await().atMost(Duration.ofSeconds(4)).until(() -> cluster.boxes() == 1);
        anna.text(ben.number, "for whoever comes");
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        assertThat(cluster.boxes()).isEqualTo(1); // a letter to it makes no box
    }

    @Test
    void aGatewayThatComesBackServesItsPhonesAgain() {
        cluster.node(1).toRedis().block();
        ben.peer().skipTo(GatewayFrame.Goodbye.class);
        cluster.node(1).toRedis().unblock();

        Awaitility.await().atMost(PATIENCE).until(() -> cluster.boxes() == 2);
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            ben.comeBack();
            return true;
        });
        anna.text(ben.number, "welcome back");
        assertThat(ben.delivery().body().toUtf8()).isEqualTo("welcome back");
    }

    @Test
    void aSessionThatAnotherGatewayTookOverUnheardGetsNothingMore() {
        cluster.node(1).letters().shut(); // it does not hear that ben is elsewhere now
        try (var elsewhere = cluster.twin(ben, 0)) {
            elsewhere.signIn(ben.deviceId());
            elsewhere.peer().expect(GatewayFrame.SignedIn.class);

            anna.text(ben.number, "to the newer");

            var delivery = elsewhere.delivery();
            assertThat(delivery.body().toUtf8()).isEqualTo("to the newer");
            elsewhere.acknowledge(delivery.deliveryNumber());
            assertThat(ben.hasNothingMore()).isTrue();
            cluster.node(1).letters().open();
            assertThat(ben.peer().goodbye()).isEqualTo(Reason.SESSION_TAKEN_OVER);
        }
    }

    @Test
    void aGatewayThatLostASessionUnheardTakesNothingOutOfItsMailbox() {
        anna.text(ben.number, "not read yet");
        var delivery = ben.delivery();
        cluster.node(1).letters().shut(); // it does not hear that ben is elsewhere now
        try (var elsewhere = cluster.twin(ben, 0)) {
            elsewhere.signIn(ben.deviceId());
            assertThat(elsewhere.delivery().body().toUtf8()).isEqualTo("not read yet");

            ben.acknowledge(delivery.deliveryNumber());
            assertThat(ben.hasNothingMore()).isTrue(); // the acknowledgement is there by now
            anna.text(ben.number, "next"); // and what it led to is done
            assertThat(elsewhere.delivery().body().toUtf8()).isEqualTo("next");

            elsewhere.comeBack();
            assertThat(elsewhere.delivery().body().toUtf8()).isEqualTo("not read yet");
        }
        cluster.node(1).letters().open();
    }

    @Test
    void whenRedisForgetsLettersAndSeatsEverySessionLooksAndNoTextIsLeftLying() {
        cluster.forgetLettersAndSeats();
        anna.text(ben.number, "nobody was told");
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);

        assertThat(ben.delivery().body().toUtf8()).isEqualTo("nobody was told");
        anna.text(ben.number, "and now"); // the seat is there again
        assertThat(ben.delivery().body().toUtf8()).isEqualTo("and now");
    }

    @Test
    void textsArriveInOrderThoughTheWayToRedisBreaksAgainAndAgain() throws Exception {
        var got = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            anna.text(ben.number, "text " + i);
            anna.result();
            if (i % 10 == 5) {
                cluster.node(1).toRedis().cut();
            }
        }
        while (got.size() < 60) {
            var delivery = ben.delivery();
            got.add(delivery.body().toUtf8());
            ben.acknowledge(delivery.deliveryNumber());
        }
        assertThat(got)
                .containsExactlyElementsOf(
                        IntStream.range(0, 60).mapToObj(i -> "text " + i).toList());
    }
}
