package assent.load.compare;

import assent.load.server.ServerProcess;
import java.util.List;
import java.util.Map;

/// One kind of work that servers are compared by. Each contestant has a fleet of its name.
public interface Part {
    String name();

    List<Metric> metrics();

    /// Who takes part, in the order of their turns; a server may do so in several ways.
    default Map<String, ServerProcess.Running> contestants(Map<String, ServerProcess.Running> servers) {
        return servers;
    }

    /// Connects a contestant's fleet, which is open, and warms up.
    Round prepare(Bench bench, String contestant);

    /// A contestant's turn.
    Round turn(Bench bench, String contestant);
}
