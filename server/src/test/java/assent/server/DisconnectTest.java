package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.server.support.Peer;
import assent.server.support.RawPhone;
import assent.server.support.StoreRows;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device that vanishes leaves nothing behind, wherever it stood: no session, no approval that
/// came to nothing.
class DisconnectTest {
    @TempDir
    Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aDeviceThatVanishesInAnyStateBeforeItsActivationLeavesNothing() throws Exception {
        gateway.connect().close(); // Connected
        vanish(phone -> {}); // Greeted
        vanish(RawPhone::askForNotice); // Noticed
        vanish(RawPhone::approve); // Approved
        vanish(
                phone -> { // the approval void, since the notice was asked for again
                    phone.approve();
                    phone.askForNotice();
                });
        vanish(
                phone -> { // Challenged by a code
                    phone.claim(phone.approve(), ProofMethod.SMS_CODE);
                    phone.peer().expect(GatewayFrame.CodeSent.class);
                });
        vanish(
                phone -> { // Challenged by a text of its own
                    phone.claim(phone.approve(), ProofMethod.DEVICE_SMS);
                    phone.peer().expect(GatewayFrame.SmsRequested.class);
                });

        gateway.awaitNobody();
        gateway.stop();

        assertThat(StoreRows.count(folder, "consent")).isZero();
        assertThat(StoreRows.count(folder, "activation")).isZero();
    }

    @Test
    void aDeviceThatVanishesWhileTheGatewayWorksForItLeavesNothing() throws Exception {
        for (int round = 0; round < 10; round++) {
            vanish(
                    phone -> // the approval is being stored
                    phone.peer().send(phone.sign(phone.grantFor(phone.askForNotice()))));
            vanish(phone -> phone.claim(phone.approve(), ProofMethod.SMS_CODE)); // the code is on its way
            vanish(
                    phone -> { // a wrong code is being judged
                        phone.claim(phone.approve(), ProofMethod.SMS_CODE);
                        var sent = phone.peer().expect(GatewayFrame.CodeSent.class);
                        phone.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), "wrong"));
                    });
        }

        gateway.awaitNobody();
        gateway.stop();

        assertThat(StoreRows.count(folder, "consent")).isZero();
    }

    /// The activation may have been made before the gateway saw the device go. Then it stands, with
    /// its consent.
    @Test
    void aDeviceThatVanishesWithItsProofUnderWayLeavesAnActivationWithItsConsentOrNothing() throws Exception {
        for (int round = 0; round < 10; round++) {
            vanish(phone -> {
                phone.claim(phone.approve(), ProofMethod.SMS_CODE);
                var sent = phone.peer().expect(GatewayFrame.CodeSent.class);
                phone.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), gateway.codeFor(phone.number)));
            });
        }

        gateway.awaitNobody();
        gateway.stop();

        assertThat(StoreRows.count(folder, "consent")).isEqualTo(StoreRows.count(folder, "activation"));
    }

    @Test
    void aLiveDeviceThatVanishesKeepsItsActivationAndItsConsent() throws Exception {
        vanish(RawPhone::activate);

        gateway.awaitNobody();
        gateway.stop();

        assertThat(StoreRows.count(folder, "consent")).isEqualTo(1);
        assertThat(StoreRows.count(folder, "activation")).isEqualTo(1);
    }

    @Test
    void aCodeThatArrivesAfterItsDeviceHasGoneIsWorthNothing() {
        try (RawPhone phone = gateway.phone()) {
            phone.claim(phone.approve(), ProofMethod.SMS_CODE);
            var sent = phone.peer().expect(GatewayFrame.CodeSent.class);
            phone.goAway();
            gateway.awaitNobody();

            try (Peer stranger = gateway.connect()) {
                stranger.hello();
                stranger.send(new DeviceFrame.CodeAnswer(sent.challengeId(), gateway.codeFor(phone.number)));
                assertThat(stranger.goodbye()).isEqualTo(assent.protocol.Reason.FRAME_UNEXPECTED);
            }
        }
    }

    /// What a phone does last.
    private interface Steps {
        void by(RawPhone phone);
    }

    private void vanish(Steps steps) {
        double before = gateway.meter("assent.connections.open");
        try (RawPhone phone = gateway.phone()) {
            steps.by(phone);
        }
        await().until(() -> gateway.meter("assent.connections.open") <= before);
    }
}
