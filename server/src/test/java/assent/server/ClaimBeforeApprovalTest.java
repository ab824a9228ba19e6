package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.support.LogCapture;
import assent.server.support.Peer;
import assent.server.support.RawPhone;
import assent.server.support.Spellings;
import assent.server.support.TestGateway;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// A number that comes before its user's approval ends the connection and leaves no trace: not in
/// the store, its log, the log output at any level, a metric, or a reply.
@Isolated("searches the whole log")
class ClaimBeforeApprovalTest {
    private final PhoneNumber number =
            PhoneNumber.parse("+9197" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999));
    private final Spellings spellings = Spellings.of(number);
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void aClaimInAnyStateBeforeApprovalEndsTheConnectionAndLeavesNoTrace() throws Exception {
        byte[] metrics;
        byte[] logged;
        try (LogCapture log = LogCapture.start()) {
            try (TestGateway gateway = TestGateway.start(folder)) {
                claimed(gateway, peer -> {}); // Connected
                claimed(gateway, Peer::hello); // Greeted
                claimed(
                        gateway,
                        peer -> { // Noticed
                            peer.hello();
                            askForNotice(peer);
                        });
                claimed(
                        gateway,
                        peer -> { // Noticed, and the approval was refused
                            peer.hello();
                            askForNotice(peer);
                            refusedApproval(peer);
                        });
                claimedWhileASignInIsJudged(gateway);
                claimedWhileTheApprovalIsStored(gateway);
                approvedThenAskedAgain(gateway);
                metrics = metricsOf(gateway);
            }
            logged = log.bytes();
        }

        assertThat(spellings.in(folder)).isEmpty();
        assertThat(spellings.in(logged)).isEmpty();
        assertThat(spellings.in(metrics)).isEmpty();
        assertThat(spellings.in(replies.toByteArray())).isEmpty();
        assertThat(new String(logged, StandardCharsets.UTF_8))
                .as("the log that was searched is the whole log")
                .contains("Connected -> Closed by Arrived");
        assertThat(replies.size()).as("the replies were searched").isPositive();
        assertThat(new String(metrics, StandardCharsets.UTF_8)).contains("consent_required");
    }

    private void claimed(TestGateway gateway, Consumer<Peer> before) {
        for (String spelling : new String[] {
            number.e164(), number.e164().substring(1), "0" + number.e164().substring(3)
        }) {
            try (Peer peer = gateway.connect()) {
                before.accept(peer);
                peer.send(new DeviceFrame.Claim(ConsentId.random(), spelling, ProofMethod.SMS_CODE));
                assertThat(peer.goodbye()).isEqualTo(Reason.CONSENT_REQUIRED);
                replies.writeBytes(peer.received());
            }
        }
    }

    private static void askForNotice(Peer peer) {
        peer.send(new DeviceFrame.NoticeRequest("en", 91));
        peer.expect(GatewayFrame.NoticeText.class);
    }

    private static void refusedApproval(Peer peer) {
        peer.send(new DeviceFrame.Approval(Bytes.utf8("no grant"), Bytes.wrap(new byte[64])));
        assertThat(peer.expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.GRANT_MALFORMED);
    }

    /// In one segment: the sign-in is not judged yet when the claim is read.
    private void claimedWhileASignInIsJudged(TestGateway gateway) {
        try (RawPhone phone = new RawPhone(gateway, number)) {
            claimedRightAfter(phone, new DeviceFrame.SignIn(DeviceId.random(), Bytes.wrap(new byte[64])));
        }
    }

    /// In one segment: the approval is not stored yet when the claim is read.
    private void claimedWhileTheApprovalIsStored(TestGateway gateway) {
        try (RawPhone phone = new RawPhone(gateway, number)) {
            claimedRightAfter(phone, phone.sign(phone.grantFor(phone.askForNotice())));
        }
    }

    private void claimedRightAfter(RawPhone phone, DeviceFrame frame) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(phone.peer().encode(frame));
        both.writeBytes(
                phone.peer().encode(new DeviceFrame.Claim(ConsentId.random(), number.e164(), ProofMethod.SMS_CODE)));
        phone.peer().sendBytes(both.toByteArray());
        assertThat(phone.peer().goodbye()).isEqualTo(Reason.CONSENT_REQUIRED);
        replies.writeBytes(phone.peer().received());
    }

    /// Asking for the notice again makes the approval void.
    private void approvedThenAskedAgain(TestGateway gateway) {
        try (RawPhone phone = new RawPhone(gateway, number)) {
            var accepted = phone.approve();
            phone.askForNotice();
            phone.claim(accepted, ProofMethod.SMS_CODE);
            assertThat(phone.peer().goodbye()).isEqualTo(Reason.CONSENT_REQUIRED);
            replies.writeBytes(phone.peer().received());
        }
    }

    static byte[] metricsOf(TestGateway gateway) {
        var text = new StringBuilder();
        gateway.meters()
                .forEachMeter(meter -> text.append(meter.getId())
                        .append(meter.getId().getDescription())
                        .append(meter.measure())
                        .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
