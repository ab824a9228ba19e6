package assent.server.sms;

import assent.protocol.PhoneNumber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts what becomes of SMS, by country: of a number nothing else. Thread-safe.
public final class CountedCarrier implements Carrier {
    private final Carrier carrier;
    private final MeterRegistry registry;

    public CountedCarrier(Carrier carrier, MeterRegistry registry) {
        this.carrier = carrier;
        this.registry = registry;
    }

    @Override
    public Submission submit(PhoneNumber to, SmsText text) {
        Submission submission = carrier.submit(to, text);
        String result = switch (submission) {
            case Submission.Accepted ignored -> "accepted";
            case Submission.Refused ignored -> "refused";
            case Submission.Unavailable ignored -> "unavailable";
            case Submission.Unconfirmed ignored -> "unconfirmed";
        };
        // There are some two hundred calling codes.
        Counter.builder("assent.sms.submissions")
                .description("SMS handed to the carrier, by its word on them")
                .tag("country", Integer.toString(to.callingCode()))
                .tag("result", result)
                .register(registry)
                .increment();
        return submission;
    }

    @Override
    public boolean isUp() {
        return carrier.isUp();
    }

    @Override
    public void close() {
        carrier.close();
    }
}
