package assent.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Everything that an operator can set, complete and within bounds. Immutable.
///
/// A record component that is itself a record is a section; the others are options. Nothing here
/// prints a secret.
public record GatewayConfig(
        ListenConfig listen,
        TlsConfig tls,
        DataConfig data,
        StoreConfig store,
        SessionConfig session,
        PolicyConfig policy,
        CarrierConfig carrier,
        AdminConfig admin,
        LogConfig log) {

    /// The defaults with some options changed, for programs that embed a gateway.
    ///
    /// @param changes values by option path, such as `listen.port`, each written as in a file
    /// @throws ConfigException if a path is unknown or a value is out of bounds
    public static GatewayConfig of(Map<String, String> changes) {
        return ConfigLoader.load(new ConfigSources(Optional.empty(), Path.of("."), Map.of(), changes))
                .config();
    }
}
