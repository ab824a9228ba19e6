package assent.load.work;

import assent.load.driver.Target;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import java.util.Optional;

/// What a worker is to do; one JSON object a line. Immutable. Each is answered by some [Report.Progress]
/// and one [Report.Done] or [Report.Failed].
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "order")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Order.Open.class, name = "open"),
    @JsonSubTypes.Type(value = Order.Connect.class, name = "connect"),
    @JsonSubTypes.Type(value = Order.Max.class, name = "max"),
    @JsonSubTypes.Type(value = Order.Shut.class, name = "shut"),
    @JsonSubTypes.Type(value = Order.Stop.class, name = "stop")
})
public sealed interface Order {
    /// Makes a fleet: pairs of phones of one server, not connected yet.
    ///
    /// @param firstPair pair `i` is made of the phones `2i`, which sends, and `2i + 1`
    /// @param textBytes length of the texts if there is no file
    record Open(
            String fleet, Target target, int loops, int firstPair, int pairs, Optional<Path> textFile, int textBytes)
            implements Order {}

    /// Connects those that are not connected.
    ///
    /// @param atOnce connections that are being made at a time
    /// @param remembered see [assent.load.driver.Driver.Place]
    record Connect(String fleet, Side side, int atOnce, boolean remembered, long millisMax) implements Order {}

    /// A closed loop: each pair sends its next text when one is done.
    ///
    /// @param inFlight texts of each pair under way
    /// @param drainMillis how long to wait afterwards for what is under way; what is not done then is lost
    /// @param serverPid whose CPU is measured
    record Max(String fleet, int inFlight, long warmUpMillis, long measureMillis, long drainMillis, long serverPid)
            implements Order {}

    /// Closes the fleet's connections and forgets it.
    record Shut(String fleet) implements Order {}

    /// Ends the order that is being carried out early, as if its time were over.
    record Stop() implements Order {}
}
