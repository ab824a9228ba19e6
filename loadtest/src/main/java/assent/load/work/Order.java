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
    @JsonSubTypes.Type(value = Order.Paced.class, name = "paced"),
    @JsonSubTypes.Type(value = Order.Fill.class, name = "fill"),
    @JsonSubTypes.Type(value = Order.Await.class, name = "await"),
    @JsonSubTypes.Type(value = Order.Hold.class, name = "hold"),
    @JsonSubTypes.Type(value = Order.Disconnect.class, name = "disconnect"),
    @JsonSubTypes.Type(value = Order.Cycle.class, name = "cycle"),
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
    /// @param retriesMax how often one that fails tries again, as a phone does
    record Connect(String fleet, Side side, int atOnce, boolean remembered, int retriesMax, long millisMax)
            implements Order {}

    /// Closes connections, and waits until they are.
    record Disconnect(String fleet, Side side, long millisMax) implements Order {}

    /// An open model: texts are sent by a schedule, whatever becomes of those before.
    ///
    /// @param churn recipients that go away and come back meanwhile
    /// @param counts false: a warm-up
    record Paced(
            String fleet,
            Schedule schedule,
            Optional<GoingAway> churn,
            boolean counts,
            long drainMillis,
            long serverPid)
            implements Order {}

    /// @param share of the pairs that take part, above 0 to 1
    /// @param perSecond recipients that go, over the whole fleet
    record GoingAway(double share, double perSecond, long awayMillis) {}

    /// Each sender sends its share as fast as the server answers; arrivals are not waited for.
    record Fill(String fleet, int textsPerPair, int inFlight, long millisMax, long serverPid) implements Order {}

    /// Waits until nothing is under way; what is then is lost.
    ///
    /// @param connect recipients that come back at the beginning
    record Await(String fleet, Optional<Connect> connect, long millisMax, long serverPid) implements Order {}

    /// Lets time pass with connections open.
    record Hold(String fleet, long millis) implements Order {}

    /// Phones connect and go, again and again.
    ///
    /// @param atOnce connections that are being made at a time
    record Cycle(String fleet, int atOnce, long warmUpMillis, long measureMillis, long serverPid) implements Order {}

    /// A closed loop: each pair sends its next text when one is done.
    ///
    /// @param inFlight texts of each pair under way
    /// @param drainMillis how long to wait afterwards for what is under way; what is not done then is lost
    /// @param serverPid whose CPU is measured
    record Max(String fleet, int inFlight, long warmUpMillis, long measureMillis, long drainMillis, long serverPid)
            implements Order {}

    /// Closes the fleet's connections and forgets it.
    record Shut(String fleet) implements Order {}

    /// Ends the order that is being carried out early, as if its time were over, and all later ones at once.
    record Stop() implements Order {}
}
