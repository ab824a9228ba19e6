package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.device.BlockOutcome;
import assent.device.DeviceNetwork;
import assent.device.SendOutcome;
import assent.device.Trust;
import assent.protocol.Reason;
import assent.server.support.Phone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Blocking with the device library, through the real gateway.
class DeviceBlockingTest {
    @TempDir
    Path folder;

    private TestGateway gateway;
    private DeviceNetwork network;
    private Phone anna;
    private Phone ben;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder);
        network = DeviceNetwork.open(
                new Trust.CertificateFile(gateway.gateway().identity().certificateFile()));
        anna = Phone.fresh(gateway, network).activate();
        ben = Phone.fresh(gateway, network).activate();
    }

    @AfterEach
    void stop() {
        anna.close();
        ben.close();
        network.close();
        gateway.close();
    }

    @Test
    void aBlockedNumbersTextsAreNotShownUntilItIsUnblocked() {
        assertThat(Phone.get(ben.device.block(anna.number))).isEqualTo(new BlockOutcome.Done());
        assertThat(anna.outcomeOf(anna.send(ben, "blocked"))).isInstanceOf(SendOutcome.Queued.class);

        assertThat(Phone.get(ben.device.unblock(anna.number))).isEqualTo(new BlockOutcome.Done());
        anna.send(ben, "welcome");

        ben.awaitShown(1);
        assertThat(ben.shown()).containsExactly("welcome");
    }

    @Test
    void theUserLearnsWhyANumberIsNotBlocked() {
        assertThat(Phone.get(ben.device.block(ben.number)))
                .isEqualTo(new BlockOutcome.Refused(Reason.BLOCK_NUMBER_INVALID, Optional.empty()));
        ben.device.disconnect();
        assertThat(Phone.get(ben.device.block(anna.number))).isEqualTo(new BlockOutcome.Unanswered());
        assertThat(Phone.get(ben.device.unblock(anna.number))).isEqualTo(new BlockOutcome.Unanswered());
    }

    @Test
    void everyRequestIsAnsweredAlsoWhenTheyAreManyAndTheConnectionEnds() {
        var answers = new ArrayList<CompletableFuture<BlockOutcome>>();
        IntStream.range(0, 50).forEach(i -> answers.add(ben.device.block(anna.number)));
        ben.device.disconnect();

        assertThat(answers.stream().map(Phone::get).toList())
                .hasSize(50)
                .anyMatch(BlockOutcome.Unanswered.class::isInstance)
                .allMatch(answer -> !(answer instanceof BlockOutcome.Refused(var reason, var retryAfter))
                        || (reason == Reason.TOO_MANY_BLOCK_REQUESTS && retryAfter.isPresent()));
    }
}
