package assent.device;

import assent.protocol.Limits;
import java.nio.charset.StandardCharsets;

/// Which gateway a device speaks to, and how. Immutable.
///
/// @param locale BCP 47 language tag in which the user wants to read the notice
public record DeviceConfig(String host, int port, String locale, Backoff backoff, DeviceLimits limits) {
    private static final int PORT_MAX = 65_535;

    public DeviceConfig {
        if (host.isBlank() || port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "'" + host + "' and " + port + " are no host and port: expected a name and 1 to " + PORT_MAX);
        }
        int localeBytes = locale.getBytes(StandardCharsets.UTF_8).length;
        if (localeBytes == 0 || localeBytes > Limits.LOCALE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "'" + locale + "' is no locale: expected a BCP 47 tag such as en or pt-BR");
        }
    }

    public static DeviceConfig of(String host, int port, String locale) {
        return new DeviceConfig(host, port, locale, Backoff.standard(), DeviceLimits.standard());
    }

    public DeviceConfig with(Backoff other) {
        return new DeviceConfig(host, port, locale, other, limits);
    }

    public DeviceConfig with(DeviceLimits other) {
        return new DeviceConfig(host, port, locale, backoff, other);
    }
}
