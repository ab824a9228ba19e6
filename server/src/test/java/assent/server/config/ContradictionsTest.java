package assent.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Options that are each in bounds but not together.
final class ContradictionsTest {
    @ParameterizedTest
    @CsvSource({
        "tls.certificate, c.pem, tls.key",
        "tls.key, k.pem, tls.certificate",
        "data.key-file, data/store/keys.txt, inside the store",
        "data.key-file, data/other/../store/keys.txt, inside the store",
        "carrier.link.reconnect-min, 5m, reconnect-max",
        "carrier.link.window, 1000, in-flight-max",
        "session.hello-timeout, 5m, ''",
        "store.commit-queue-max, 16, commit-batch-max"
    })
    void optionsThatContradictEachOtherAreRefused(String path, String value, String said) {
        var changes = path.startsWith("session")
                ? Map.of(path, value, "session.handshake-timeout", "1m")
                : Map.of(path, value);
        var failure = catchThrowableOfType(ConfigException.class, () -> GatewayConfig.of(changes));
        assertThat(failure).hasMessageContaining(path).hasMessageContaining(said);
    }

    @Test
    void aCarrierElsewhereMustBeToldInFull() {
        var failure = catchThrowableOfType(
                ConfigException.class, () -> GatewayConfig.of(Map.of("carrier.host", "smsc.carrier.example")));
        assertThat(failure.problems()).hasSize(2);
        assertThat(failure).hasMessageContaining("carrier.service-number").hasMessageContaining("carrier.password");
    }
}
