package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.PublicKey;
import assent.server.audit.AuditCheck;
import assent.server.policy.Policy;
import assent.server.policy.book.Change;
import assent.server.policy.book.PolicyBook;
import assent.server.support.Peer;
import assent.server.support.Policies;
import assent.server.support.RawPhone;
import assent.server.support.TestCluster;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One policy, one audit log and one set of limits for several gateways.
class ClusterPolicyTest {
    /// How often a change is timed: one that meets a pause of the machine does not decide.
    private static final int CHANGES = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    private TestCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = TestCluster.start(folder, 2);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    private Change.Result change(int gateway, String path, String value) throws Exception {
        PolicyBook book = cluster.node(gateway).desk().policy();
        Policy next = Policies.with(book.current().policy(), Map.of(path, value));
        return book.change(new Change(book.current().number(), next, "alice", "here", "a test"));
    }

    private void awaitVersion(int gateway, long version) {
        PolicyBook book = cluster.node(gateway).desk().policy();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(() -> book.current().number() >= version);
    }

    /// The median of some changes, each from its being kept to its holding at the other gateway.
    @Test
    void aChangeAtOneGatewayHoldsAtTheOthersWithinASecond() throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int i = 1; i <= CHANGES; i++) {
            change(0, "activation.state", i % 2 == 0 ? "OPEN" : "PAUSED");
            long keptNanos = System.nanoTime();
            awaitVersion(1, i + 1);
            took.add(Duration.ofNanos(System.nanoTime() - keptNanos));
        }
        assertThat(took.stream().sorted().toList().get(CHANGES / 2))
                .as("the median of %s", took)
                .isLessThan(PolicyBook.NOTICED_WITHIN);

        try (Peer peer = cluster.node(1).connect()) {
            peer.hello();
            peer.send(new DeviceFrame.NoticeRequest("en", 91));
            assertThat(peer.expect(GatewayFrame.ActivationClosed.class).reason())
                    .isEqualTo(Reason.ACTIVATION_PAUSED);
        }
    }

    @Test
    void operatorsAtTwoGatewaysDoNotOverwriteEachOtherAndWriteOneAuditLog() throws Exception {
        PolicyBook there = cluster.node(1).desk().policy();
        Policy next = Policies.with(there.current().policy(), Map.of("sms.per-day-max", "5"));
        change(0, "activation.state", "PAUSED");

        assertThat(there.change(new Change(1, next, "bob", "there", "at the same time")))
                .isEqualTo(new Change.Result.Conflict(2));
        var export = new StringBuilder();
        cluster.node(1).desk().audit().export(line -> export.append(line).append('\n'));
        try (Peer peer = cluster.node(0).connect()) {
            var key = PublicKey.ofPoint(peer.hello().signingKey());
            assertThat(AuditCheck.verify(new StringReader(export.toString()), key, Optional.empty()))
                    .isInstanceOfSatisfying(
                            AuditCheck.Verdict.Sound.class,
                            sound -> assertThat(sound.entries()).isEqualTo(3));
        }
    }

    @Test
    void invitationsAndLimitsOnSmsAreCountedTogether() throws Exception {
        change(0, "activation.state", "INVITE_ONLY");
        change(0, "sms.per-day-max", "1");
        awaitVersion(1, 3);
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        String code = cluster.node(0).desk().invitations().issue(1, tomorrow);
        String another = cluster.node(0).desk().invitations().issue(1, tomorrow);
        try (RawPhone anna = cluster.rawPhone(0);
                RawPhone ben = cluster.rawPhone(1)) {
            anna.invited(code).activate();

            ben.invited(code);
            ben.peer().send(ben.sign(ben.grantFor(ben.askForNotice())));
            assertThat(ben.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.INVITATION_USED);
            ben.reconnect().invited(another).claim(ben.approve(), ProofMethod.SMS_CODE);
            assertThat(ben.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.SMS_LIMIT);
        }
    }
}
