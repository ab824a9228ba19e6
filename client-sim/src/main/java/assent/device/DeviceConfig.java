package assent.device;

import assent.protocol.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Which gateways a device speaks to, and how. Immutable.
///
/// @param gateways of one installation, any of which will do: the device begins with one of them at
///     random, and goes on to the next when one cannot be reached or sends it away
/// @param locale BCP 47 language tag in which the user wants to read the notice
public record DeviceConfig(List<GatewayAddress> gateways, String locale, Backoff backoff, DeviceLimits limits) {
    private static final int GATEWAYS_MAX = 64;

    public DeviceConfig {
        gateways = List.copyOf(gateways);
        if (gateways.isEmpty() || gateways.size() > GATEWAYS_MAX) {
            throw new IllegalArgumentException(
                    "a device needs the address of 1 to " + GATEWAYS_MAX + " gateways, not of " + gateways.size());
        }
        int localeBytes = locale.getBytes(StandardCharsets.UTF_8).length;
        if (localeBytes == 0 || localeBytes > Limits.LOCALE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "'" + locale + "' is no locale: expected a BCP 47 tag such as en or pt-BR");
        }
    }

    public static DeviceConfig of(String host, int port, String locale) {
        return of(List.of(new GatewayAddress(host, port)), locale);
    }

    public static DeviceConfig of(List<GatewayAddress> gateways, String locale) {
        return new DeviceConfig(gateways, locale, Backoff.standard(), DeviceLimits.standard());
    }

    public DeviceConfig with(Backoff other) {
        return new DeviceConfig(gateways, locale, other, limits);
    }

    public DeviceConfig with(DeviceLimits other) {
        return new DeviceConfig(gateways, locale, backoff, other);
    }
}
