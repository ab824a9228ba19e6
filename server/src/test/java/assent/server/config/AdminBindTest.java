package assent.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Passwords never cross a network in clear: where others can reach the admin listener, it needs a certificate.
class AdminBindTest {
    private static final Map<String, String> TLS = Map.of("tls.certificate", "c.pem", "tls.key", "k.pem");

    private static GatewayConfig with(Map<String, String> options, String host) {
        var all = new HashMap<>(options);
        all.put("admin.host", host);
        return GatewayConfig.of(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "192.0.2.1",
                "10.0.0.1",
                "gateway.example",
                "127.example",
                "127.0.0.1.example",
                "127.0.0",
                "localhost.example",
                "::ffff:192.0.2.1"
            })
    void anAddressThatOthersReachNeedsACertificate(String host) {
        assertThatThrownBy(() -> with(Map.of(), host))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("admin.host")
                .hasMessageContaining("tls.certificate");
        assertThatThrownBy(() -> with(Map.of("tls.certificate", "c.pem"), host))
                .as("a certificate without its key")
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tls.key");

        assertThat(with(TLS, host).admin().isLocal()).as("so it speaks TLS").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
    void thisMachinesOwnNeedsNone(String host) {
        assertThat(with(Map.of(), host).admin().isLocal()).isTrue();
    }

    @Test
    void whereThereIsNoAdminListenerNothingIsAskedFor() {
        assertThat(with(Map.of("admin.enabled", "no"), "0.0.0.0").admin().enabled())
                .isEqualTo(YesNo.no);
    }
}
