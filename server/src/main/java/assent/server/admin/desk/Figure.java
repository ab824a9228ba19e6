package assent.server.admin.desk;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.util.Optional;

/// A figure that the overview shows, and the meter that it comes from: the sum over all its tags, or over those with
/// one value of one tag.
public enum Figure {
    CONNECTIONS("assent.connections.open"),
    SESSIONS("assent.sessions.live"),
    TURNED_AWAY("assent.connections.turned.away"),
    DELIVERED_UNSTORED("assent.messages.delivered.unstored"),
    STORED("assent.messages.stored"),
    DELIVERED("assent.messages.outcomes", "outcome", "delivered"),
    QUEUED("assent.messages.outcomes", "outcome", "queued"),
    FELL_BACK("assent.messages.outcomes", "outcome", "fall_back"),
    REFUSED("assent.messages.outcomes", "outcome", "refused"),
    COMMIT_QUEUE("assent.commit.queue"),
    READS_QUEUE("assent.store.reads.queue"),
    SMS_SENT("assent.sms.submissions", "result", "accepted"),
    CODES_PROVED("assent.sms.verified", "method", "sms_code");

    private final String meter;
    private final Optional<String> tag;
    private final String value;

    Figure(String meter) {
        this.meter = meter;
        this.tag = Optional.empty();
        this.value = "";
    }

    Figure(String meter, String tag, String value) {
        this.meter = meter;
        this.tag = Optional.of(tag);
        this.value = value;
    }

    /// The meters that count for it. What is counted by country is there from the first SMS on.
    Search in(MeterRegistry registry) {
        Search search = registry.find(meter);
        return tag.map(name -> search.tag(name, value)).orElse(search);
    }
}
