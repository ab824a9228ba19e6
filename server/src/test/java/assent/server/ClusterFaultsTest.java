package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.GatewayFrame;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.server.cluster.redis.LeaseTimes;
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
import org.junit.jupiter.api.parallel.Isolated;

/// Gateways that are cut off, stand still or die, and a Redis that forgets: nothing is lost, shown twice or left
/// lying. The lease runs four times as fast as an operator's.
@Isolated("its gateways take each other for dead on a machine that stands still for two seconds")
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
        anna.text(ben.number, "welcome back");
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            ben.comeBack();
            return ben.delivery().body().toUtf8().equals("welcome back");
        });
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
    void whatACutOffGatewaySaidReachesRedisAfterATakeoverAndTakesNothingOut() {
        ben.text(anna.number, "so that its connections are in use");
        anna.text(ben.number, "not safe elsewhere yet");
        var delivery = ben.delivery();
        cluster.node(1).toRedis().blockThere();
        ben.acknowledge(delivery.deliveryNumber()); // the removal is on its way, and stays there
        Awaitility.await().atMost(PATIENCE).until(() -> cluster.boxes() == 1); // longer than the lease

        try (var elsewhere = cluster.twin(ben, 0)) {
            elsewhere.signIn(ben.deviceId());
            assertThat(elsewhere.delivery().body().toUtf8()).isEqualTo("not safe elsewhere yet");
            cluster.node(1).toRedis().unblock(); // now it arrives
            Awaitility.await().atMost(PATIENCE).until(() -> cluster.boxes() == 2);

            elsewhere.comeBack();
            var again = elsewhere.delivery();
            assertThat(again.body().toUtf8()).isEqualTo("not safe elsewhere yet");
            elsewhere.acknowledge(again.deliveryNumber());
            assertThat(elsewhere.hasNothingMore()).isTrue();
        }
    }

    @Test
    void aGatewayThatHearsNothingOfRedisSendsItsPhonesAwayAndWhatTheyAcknowledgedStaysDelivered() {
        anna.text(ben.number, "delivered");
        var delivery = ben.delivery();
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        cluster.node(1).toRedis().blockBack();
        ben.acknowledge(delivery.deliveryNumber());
        assertThat(ben.peer().skipTo(GatewayFrame.Goodbye.class).reason()).isEqualTo(Reason.STORE_UNAVAILABLE);

        try (var elsewhere = cluster.twin(ben, 0)) {
            elsewhere.signIn(ben.deviceId());
            elsewhere.peer().expect(GatewayFrame.SignedIn.class);
            anna.text(ben.number, "next");
            var next = elsewhere.delivery();
            if (next.body().toUtf8().equals("delivered")) { // nobody can know whether Redis heard of it
                assertThat(next.messageId()).isEqualTo(delivery.messageId());
                elsewhere.acknowledge(next.deliveryNumber());
                next = elsewhere.delivery();
            }
            assertThat(next.body().toUtf8()).isEqualTo("next");
            elsewhere.acknowledge(next.deliveryNumber());
            cluster.node(1).toRedis().unblock();
            Awaitility.await().atMost(PATIENCE).until(() -> cluster.boxes() == 2);
            assertThat(elsewhere.hasNothingMore()).isTrue();
        }
    }

    @Test
    void aPhoneWhoseSeatNamesADeadGatewayIsAskedToComeBackAndThenGetsItsTexts() {
        // What a gateway said last may reach Redis when it is dead and its phone has signed in elsewhere.
        cluster.ask(
                "EVAL",
                "for _, key in ipairs(redis.call('KEYS', 't{*')) do redis.call('HSET', key, 'g', ARGV[1]) end",
                "0",
                "sixteen bytes id");
        anna.text(ben.number, "wherever you are");

        var goodbye = ben.peer().skipTo(GatewayFrame.Goodbye.class);
        assertThat(goodbye.reason()).isEqualTo(Reason.SESSION_TAKEN_OVER);
        assertThat(goodbye.retryAfter())
                .as("it is the newest session of its phone")
                .isPresent();

        ben.comeBack();
        assertThat(ben.delivery().body().toUtf8()).isEqualTo("wherever you are");
    }

    @Test
    void anOperatorsGatewayThatIsDeadIsGoneWithinFifteenSeconds() {
        assertThat(LeaseTimes.STANDARD.lease()).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aGatewayWhoseClockIsOffSendsItsPhonesAwayUntilItIsRightAgain() {
        cluster.node(1).clockIsAhead(Duration.ofMillis(200)); // as far as may be
        Awaitility.await().atMost(PATIENCE).until(() -> cluster.node(1).meter("assent.cluster.clock.skew") == 0.2);
        assertThat(ben.hasNothingMore()).isTrue();

        cluster.node(1).clockIsAhead(Duration.ofMillis(201));
        assertThat(ben.peer().skipTo(GatewayFrame.Goodbye.class).reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
        anna.text(ben.number, "waits");
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);

        cluster.node(1).clockIsAhead(Duration.ZERO);
        Awaitility.await().atMost(PATIENCE).until(() -> cluster.node(1).meter("assent.cluster.clock.skew") == 0);
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            ben.comeBack();
            return true;
        });
        assertThat(ben.delivery().body().toUtf8()).isEqualTo("waits");
    }

    @Test
    void epochsRiseThoughRedisForgotASeatAndItsClockWentBack() {
        long future = System.currentTimeMillis() * 1_000 + Duration.ofDays(1).toNanos() / 1_000;
        cluster.ask(
                "EVAL",
                "for _, key in ipairs(redis.call('KEYS', 't{*')) do redis.call('HSET', key, 'e', ARGV[1]) end",
                "0",
                Long.toString(future)); // Redis's clock is a day behind what it was
        try (var second = cluster.twin(ben, 1)) {
            second.signIn(ben.deviceId());
            long epoch = second.peer().expect(GatewayFrame.SignedIn.class).epoch();
            assertThat(epoch).isGreaterThan(future);
            cluster.forgetLettersAndSeats();
            Awaitility.await().atMost(PATIENCE).until(() -> cluster.seats() == 2); // the sessions looked

            try (var third = cluster.twin(ben, 0)) {
                third.signIn(ben.deviceId());

                assertThat(third.peer().expect(GatewayFrame.SignedIn.class).epoch())
                        .isGreaterThan(epoch);
                assertThat(second.peer().goodbye()).isEqualTo(Reason.SESSION_TAKEN_OVER);
            }
        }
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
