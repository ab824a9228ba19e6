package assent.server;

import assent.server.admin.AdminPlane;
import assent.server.config.GatewayConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/// Lets tests of other packages start a gateway on a clock of their own.
public final class Gateways {
    private Gateways() {}

    public static Gateway start(GatewayConfig config, MeterRegistry meters, Clock clock) throws Exception {
        return Gateway.start(config, meters, clock);
    }

    /// The clock that a gateway goes by otherwise.
    public static Clock steadyClock() {
        return new SteadyClock();
    }

    /// The admin plane of a gateway that was started with one.
    public static AdminPlane admin(Gateway gateway) {
        return gateway.admin().orElseThrow();
    }
}
