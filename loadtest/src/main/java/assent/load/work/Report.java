package assent.load.work;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What a worker says; one JSON object a line. Immutable.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "report")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Report.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = Report.Done.class, name = "done"),
    @JsonSubTypes.Type(value = Report.Failed.class, name = "failed")
})
public sealed interface Report {
    /// About once a second.
    ///
    /// @param atMillis since the order began
    /// @param counts since the last of these
    /// @param measured whether this stretch counts
    record Progress(long atMillis, CountsForm counts, boolean measured) implements Report {}

    record Done(Stretch stretch) implements Report {}

    /// @param why for people
    record Failed(String why) implements Report {}

    /// A measured stretch of time.
    ///
    /// @param counts within it
    /// @param serverCpuMicros what the server's process used within it, user and system; 0 if none was named
    /// @param after what happened between its end and the end of the order
    /// @param lost texts that were not done when the order ended
    record Stretch(CountsForm counts, double seconds, double serverCpuMicros, CountsForm after, long lost) {}
}
