package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.support.RawPhone;
import assent.server.support.TestCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One number's sessions at several gateways: the newest one has it, and whoever loses it is told.
class ClusterSessionsTest {
    private static final int RACES = 40;

    @TempDir
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = TestCluster.start(folder, 2);
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    @Test
    void aPhoneThatSignsInAtAnotherGatewayEndsItsOlderSession() {
        try (var older = cluster.rawPhone(0)) {
            older.activate();
            try (var newer = cluster.twin(older, 1)) {
                newer.signIn(older.deviceId());
                long epoch = newer.peer().expect(GatewayFrame.SignedIn.class).epoch();

                assertThat(older.peer().goodbye()).isEqualTo(Reason.SESSION_TAKEN_OVER);
                try (var third = cluster.twin(older, 0)) {
                    third.signIn(older.deviceId());
                    assertThat(third.peer().expect(GatewayFrame.SignedIn.class).epoch())
                            .isGreaterThan(epoch);
                    assertThat(newer.peer().goodbye()).isEqualTo(Reason.SESSION_TAKEN_OVER);
                }
            }
        }
    }

    @Test
    void ofTwoThatSignInAtTheSameMomentExactlyOneStaysAndGetsTheTexts() {
        try (var anna = cluster.rawPhone(0);
                var ben = cluster.rawPhone(1)) {
            anna.activate();
            ben.activate();
            for (int i = 0; i < RACES; i++) {
                try (var one = cluster.twin(ben, 0);
                        var other = cluster.twin(ben, 1)) {
                    one.signIn(ben.deviceId());
                    other.signIn(ben.deviceId());
                    long first = epochOf(one);
                    long second = epochOf(other);
                    RawPhone winner = first > second ? one : other;
                    RawPhone loser = first > second ? other : one;

                    if (Math.min(first, second) > 0) {
                        assertThat(loser.peer().goodbye()).isEqualTo(Reason.SESSION_TAKEN_OVER);
                    }
                    anna.text(ben.number, "race " + i);
                    var delivery = winner.delivery();
                    assertThat(delivery.body().toUtf8()).isEqualTo("race " + i);
                    winner.acknowledge(delivery.deliveryNumber());
                }
            }
        }
    }

    /// Zero if it was told to go before it was signed in.
    private static long epochOf(RawPhone phone) {
        return switch (phone.peer().next().orElseThrow()) {
            case GatewayFrame.SignedIn(var epoch) -> epoch;
            case GatewayFrame.Goodbye(var reason, var ignored) when reason == Reason.SESSION_TAKEN_OVER -> 0;
            case GatewayFrame other -> throw new AssertionError("not expected: " + other);
        };
    }

    @Test
    void aNumberThatIsActivatedAnewAtAnotherGatewayEndsTheOldDevicesSession() {
        try (var old = cluster.rawPhone(0)) {
            old.activate();
            try (var young = new RawPhone(cluster.node(1), old.number)) {
                young.activate();

                assertThat(old.peer().goodbye()).isEqualTo(Reason.ACTIVATION_REPLACED);
            }
        }
    }

    @Test
    void aLostPhoneThatIsSwitchedOffAtAnotherGatewayHearsOfItAtOnce() throws Exception {
        try (var lost = cluster.rawPhone(0)) {
            lost.activate();
            try (var found = new RawPhone(cluster.node(1), lost.number)) {
                found.peer().send(new DeviceFrame.WithdrawalClaim(lost.number.e164(), ProofMethod.DEVICE_SMS));
                var requested = found.peer().expect(GatewayFrame.SmsRequested.class);
                cluster.carrier().handset(lost.number).send(requested.serviceNumber(), requested.text());

                found.peer().expect(GatewayFrame.Withdrawn.class);
                assertThat(lost.peer().goodbye()).isEqualTo(Reason.WITHDRAWN);
            }
        }
    }

    @Test
    void aTextThatAPhoneSendsProvesItsNumberWhicheverGatewayTheCarrierHandsItTo() throws Exception {
        for (int i = 0; i < 8; i++) { // the carrier hands it to one gateway or the other
            try (var phone = cluster.rawPhone(i % 2)) {
                phone.claim(phone.approve(), ProofMethod.DEVICE_SMS);
                var requested = phone.peer().expect(GatewayFrame.SmsRequested.class);
                cluster.carrier().handset(phone.number).send(requested.serviceNumber(), requested.text());

                phone.peer().expect(GatewayFrame.Activated.class);
            }
        }
    }
}
