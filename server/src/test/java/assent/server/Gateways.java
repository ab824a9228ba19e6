package assent.server;

import assent.server.admin.AdminPlane;
import assent.server.cluster.redis.ClockWatch;
import assent.server.cluster.redis.LeaseTimes;
import assent.server.config.GatewayConfig;
import assent.server.support.LetterGate;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/// Lets tests of other packages start a gateway on a clock of their own.
public final class Gateways {
    private Gateways() {}

    public static Gateway start(GatewayConfig config, MeterRegistry meters, Clock clock) throws Exception {
        return Gateway.start(config, meters, clock);
    }

    /// As [#start(GatewayConfig, MeterRegistry, Clock)], as one of several on Redis whose letters a test can hold up.
    ///
    /// @param skew how far its clock seems to be from Redis's while it runs
    public static Gateway startMember(
            GatewayConfig config,
            MeterRegistry meters,
            Clock clock,
            LeaseTimes times,
            LetterGate gate,
            ClockWatch.Probe skew)
            throws Exception {
        return Gateway.start(config, meters, clock, (c, settings, k) -> HeldUp.of(c, settings, k, times, gate, skew));
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
