package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.GatewayFrame;
import assent.protocol.consent.ErasureCertificate;
import assent.server.keys.KeyFile;
import assent.server.support.AnnaAndBen;
import assent.server.support.FileSearch;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After a withdrawal the data folder of a gateway that runs holds nothing of the number, within the
/// time that the certificate names.
class WithdrawnFromTheDiskTest {
    private static final Duration WITHIN = Duration.ofSeconds(3);

    @Test
    void theDataFolderHoldsNothingOfAWithdrawnNumberWithinTheTimeThatTheCertificateNames(@TempDir Path folder)
            throws Exception {
        try (var gateway = TestGateway.start(folder, Map.of("store.erase-within", "3s"))) {
            var both = AnnaAndBen.connected(gateway);
            both.anna().text(both.ben().number, "one");
            both.anna().result();
            var keys = KeyFile.open(folder.resolve("keys.txt"), false);
            Map<String, byte[]> traces = Map.of(
                    "device id", both.ben().deviceId().toArray(),
                    "number's MAC", keys.macOf(both.ben().number).toArray());
            assertThat(FileSearch.find(folder, traces))
                    .as("the search finds what is there")
                    .containsOnlyKeys(traces.keySet());

            both.ben().peer().send(both.ben().withdrawal());
            var withdrawn = both.ben().peer().skipTo(GatewayFrame.Withdrawn.class);

            assertThat(ErasureCertificate.parse(withdrawn.certificate()).kept()).contains("at most 3 seconds");
            await().atMost(WITHIN.plusSeconds(2))
                    .untilAsserted(
                            () -> assertThat(FileSearch.find(folder, traces)).isEmpty());
            both.anna().close();
            both.ben().close();
        }
    }
}
