package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.support.Correspondent;
import assent.server.support.GatewayProcess;
import assent.server.support.RawPhone;
import assent.server.support.TextStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A gateway in a process of its own that is asked to stop, or killed, in the middle of a stream of
/// texts: whatever a sender was told has been kept.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessTest {
    private static final int KILLS = 5;

    private GatewayProcess gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = GatewayProcess.start(folder);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void aProcessThatIsAskedToStopEndsWellWithinTenSeconds() throws Exception {
        try (var anna = new Correspondent(activated(gateway.phone()), new Random(3));
                var ben = new Correspondent(activated(gateway.phone()), new Random(4));
                var stream = new TextStream(anna, ben)) {
            stream.awaitProgress();
            long before = System.nanoTime();

            int code = gateway.terminate();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
            assertThat(code).isZero();
            gateway.startAgain();
            anna.takeOver();
            ben.takeOver();
            stream.assertNothingLost();
        }
    }

    @Test
    void aProcessThatIsKilledAgainAndAgainLosesNothingThatWasAnswered() throws Exception {
        try (var anna = new Correspondent(activated(gateway.phone()), new Random(5));
                var ben = new Correspondent(activated(gateway.phone()), new Random(6));
                var stream = new TextStream(anna, ben)) {
            var random = new Random(20261122);
            for (int i = 0; i < KILLS; i++) {
                ben.acknowledgeOneIn(1 + random.nextInt(5));
                stream.awaitProgress();
                gateway.kill();
                gateway.startAgain();
                anna.takeOver();
                ben.takeOver();
            }
            stream.assertNothingLost();
        }
    }

    private static RawPhone activated(RawPhone phone) {
        phone.activate();
        return phone;
    }
}
