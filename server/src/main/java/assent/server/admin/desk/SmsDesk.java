package assent.server.admin.desk;

import assent.server.policy.SmsPolicy;
import assent.server.sms.Carrier;
import assent.server.sms.SmsDispatcher;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/// The way to the carrier as operators see it. Thread-safe.
public final class SmsDesk {
    private final Carrier carrier;
    private final SmsDispatcher sms;
    private final String serviceNumber;
    private final Supplier<SmsPolicy> policy;
    private final MeterRegistry meters;

    /// @param serviceNumber the service's own, which is no user's
    public SmsDesk(
            Carrier carrier,
            SmsDispatcher sms,
            String serviceNumber,
            Supplier<SmsPolicy> policy,
            MeterRegistry meters) {
        this.carrier = carrier;
        this.sms = sms;
        this.serviceNumber = serviceNumber;
        this.policy = policy;
        this.meters = meters;
    }

    /// @param underWay SMS without the carrier's word yet
    public record State(boolean isUp, int underWay, String serviceNumber, SmsPolicy policy) {}

    /// What became of the SMS to each country since this gateway started.
    public List<Conversion> conversions() {
        return Conversion.read(meters);
    }

    public State state() {
        return new State(carrier.isUp(), sms.inFlight(), serviceNumber, policy.get());
    }
}
