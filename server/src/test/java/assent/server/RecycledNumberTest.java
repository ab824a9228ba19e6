package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.server.support.GatewayProcess;
import assent.server.support.RawPhone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A number gets a new owner while 1,000 texts wait for the old one, and the gateway is killed before
/// and after: 0 of them reach the new owner, also if their senders, whose results were lost, send them
/// again.
class RecycledNumberTest {
    private static final int TEXTS = 1_000;

    @Test
    void noneOfAThousandOldTextsReachesTheNewOwnerThroughKillsAndResends(@TempDir Path folder) throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(folder);
                RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone();
                RawPhone young = new RawPhone(gateway, ben.number)) {
            anna.activate();
            ben.activate();
            ben.goAway();
            List<MessageId> ids = new ArrayList<>();
            for (int i = 0; i < TEXTS; i++) {
                ids.add(anna.text(ben.number, "for the old owner"));
                assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            }
            gateway.kill();
            gateway.startAgain();

            young.reconnect().activate();
            gateway.kill(); // right after the answer: what was answered is durable
            gateway.startAgain();
            anna.comeBack();
            young.comeBack();
            for (MessageId id : ids) {
                anna.sendAgain(id, ben.number, "for the old owner");
                assertThat(anna.result()).isEqualTo(GatewayFrame.SendResult.of(id, Outcome.QUEUED));
            }
            anna.text(ben.number, "for the new owner");

            assertThat(young.delivery().body().toUtf8()).isEqualTo("for the new owner");
            assertThat(young.hasNothingMore()).isTrue();
            ben.reconnect().signIn(ben.deviceId());
            assertThat(ben.peer().goodbye()).isEqualTo(Reason.SIGN_IN_REFUSED);
        }
    }
}
