package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.support.AnnaAndBen;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A number on a new device: the old one goes with its mailbox, and numbers get recycled, so
/// nothing is handed over.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupersedeTest {
    private TestGateway gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(folder, Map.of("session.deliveries-in-flight-max", "30"));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void whatWaitedForTheOldDeviceNeverReachesTheNewOne() {
        var both = AnnaAndBen.connected(gateway);
        try (RawPhone anna = both.anna();
                RawPhone ben = both.ben();
                RawPhone young = new RawPhone(gateway, ben.number)) {
            ben.goAway();
            gateway.awaitLive(1);
            for (int i = 0; i < 100; i++) {
                anna.text(ben.number, "for the old device");
                assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            }

            young.activate();
            anna.text(ben.number, "for the new device");

            assertThat(young.delivery().body().toUtf8()).isEqualTo("for the new device");
            assertThat(young.hasNothingMore()).isTrue();
            ben.reconnect().signIn(ben.deviceId());
            assertThat(ben.peer().goodbye()).isEqualTo(Reason.SIGN_IN_REFUSED);
        }
        gateway.awaitNobody();
    }

    @Test
    void whatTheOldDeviceHadInHandNeverReachesTheNewOne() {
        var both = AnnaAndBen.connected(gateway);
        try (RawPhone anna = both.anna();
                RawPhone ben = both.ben();
                RawPhone young = new RawPhone(gateway, ben.number)) {
            var accepted = young.approve();
            young.claim(accepted, ProofMethod.SMS_CODE);
            var sent = young.peer().expect(GatewayFrame.CodeSent.class);
            String code = gateway.codeFor(young.number);
            for (int i = 0; i < 50; i++) { // more than the window: some in hand, some behind, the last within the grace
                anna.text(ben.number, "for the old device");
            }
            for (int i = 0; i < 30; i++) {
                ben.delivery();
            }

            young.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), code));
            young.peer().expect(GatewayFrame.Activated.class);

            assertThat(ben.peer().skipTo(GatewayFrame.Goodbye.class).reason()).isEqualTo(Reason.ACTIVATION_REPLACED);
            for (int i = 0; i < 50; i++) {
                assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            }
            anna.text(ben.number, "for the new device");
            assertThat(young.delivery().body().toUtf8()).isEqualTo("for the new device");
            assertThat(young.hasNothingMore()).isTrue();
        }
        gateway.awaitNobody();
    }

    @Test
    void textsThatAreSentAgainUnderTheirOldIdsDoNotReachTheNewDeviceEither() throws Exception {
        var both = AnnaAndBen.connected(gateway);
        try (RawPhone anna = both.anna();
                RawPhone ben = both.ben();
                RawPhone young = new RawPhone(gateway, ben.number)) {
            List<MessageId> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) { // in the old device's window when the number moves
                ids.add(anna.text(ben.number, "in hand"));
                ben.delivery();
            }
            young.activate();
            assertThat(ben.peer().skipTo(GatewayFrame.Goodbye.class).reason()).isEqualTo(Reason.ACTIVATION_REPLACED);
            for (int i = 0; i < 20; i++) {
                assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            }

            resend(anna, ben.number, ids);
            gateway.restart(); // forgets what it had in memory
            anna.comeBack();
            young.comeBack();
            resend(anna, ben.number, ids);
            anna.text(ben.number, "for the new device");

            assertThat(young.delivery().body().toUtf8()).isEqualTo("for the new device");
            assertThat(young.hasNothingMore()).isTrue();
        }
        gateway.awaitNobody();
    }

    private static void resend(RawPhone from, PhoneNumber to, List<MessageId> ids) {
        for (MessageId id : ids) {
            from.sendAgain(id, to, "in hand");
            assertThat(from.result()).isEqualTo(GatewayFrame.SendResult.of(id, Outcome.QUEUED));
        }
    }

    /// Whatever the gateway takes first, the new device is live in the end, or may come back at
    /// once, and is never told that it was replaced.
    @Test
    void aSignInOfTheOldDeviceThatRacesTheNewActivationTakesNothingFromIt() {
        try (RawPhone anna = gateway.phone()) {
            anna.activate();
            for (int round = 0; round < 30; round++) {
                race(anna, round);
            }
        }
        gateway.awaitNobody();
    }

    private void race(RawPhone anna, int round) {
        try (RawPhone old = gateway.phone();
                RawPhone young = new RawPhone(gateway, old.number)) {
            old.activate();
            var accepted = young.approve();
            young.claim(accepted, ProofMethod.SMS_CODE);
            var sent = young.peer().expect(GatewayFrame.CodeSent.class);
            String code = gateway.codeFor(young.number);
            old.reconnect();

            if (round % 2 == 0) {
                old.signIn(old.deviceId());
                young.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), code));
            } else {
                young.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), code));
                old.signIn(old.deviceId());
            }

            assertThat(old.peer().skipTo(GatewayFrame.Goodbye.class).reason())
                    .isIn(Reason.SIGN_IN_REFUSED, Reason.ACTIVATION_REPLACED);
            GatewayFrame answer = young.peer().next().orElseThrow();
            if (answer instanceof GatewayFrame.Activated) {
                anna.text(young.number, "for the new device");
                GatewayFrame next = young.peer().next().orElseThrow();
                if (next instanceof GatewayFrame.Deliver delivery) {
                    assertThat(delivery.body().toUtf8()).isEqualTo("for the new device");
                    return;
                }
                answer = next;
            }
            assertThat(answer).isInstanceOfSatisfying(GatewayFrame.Goodbye.class, goodbye -> {
                assertThat(goodbye.reason()).isEqualTo(Reason.SESSION_TAKEN_OVER);
                assertThat(goodbye.retryAfter()).isPresent();
            });
        }
    }
}
