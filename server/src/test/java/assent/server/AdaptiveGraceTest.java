package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Outcome;
import assent.server.support.AnnaAndBen;
import assent.server.support.GraceTrial;
import assent.server.support.RawPhone;
import assent.server.support.SlowWire;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The grace follows the recipient's link, so that a text over a slow one need not be stored either.
@Isolated("measures time")
class AdaptiveGraceTest {
    private static final Duration SIXTY = Duration.ofMillis(60);
    private static final int TEXTS = 300;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void textsOverALinkOfSixtyMillisecondsAreDeliveredAndNotStored() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder)) {
            var result = GraceTrial.run(gateway, SIXTY, TEXTS);

            assertThat(result.unstored()).isGreaterThan(TEXTS * 8 / 10);
            assertThat(result.stored()).isLessThan(TEXTS * 2 / 10);
        }
    }

    @Test
    void withOneGraceForAllThatIsShorterThanTheLinkEveryTextIsStored() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, Map.of("session.grace", "30ms"))) {
            var result = GraceTrial.run(gateway, SIXTY, TEXTS);

            assertThat(result.stored()).isGreaterThan(TEXTS * 8 / 10);
            assertThat(result.unstored()).isLessThan(TEXTS / 10); // a machine that is late stores late
        }
    }

    @Test
    void aPhoneThatHasFallenSilentIsWaitedForOnceAndThenHardlyAtAll() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, Map.of("session.grace-max", "5s"));
                SlowWire wire = SlowWire.open(gateway, Duration.ofMillis(1));
                RawPhone anna = gateway.phone();
                RawPhone ben = wire.phone()) {
            anna.activate();
            ben.activate();
            ben.reconnect().signIn(ben.deviceId()); // measured by nothing yet
            AnnaAndBen.awaitLevel(ben, anna);
            wire.cut();

            anna.text(ben.number, "nobody hears it");
            assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            long started = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                anna.text(ben.number, "nor this " + i);
                assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            }

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
