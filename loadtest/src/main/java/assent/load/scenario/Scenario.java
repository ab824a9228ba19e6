package assent.load.scenario;

import assent.load.report.Measured;
import java.util.Map;

/// Something that a crowd of phones does to a server.
public interface Scenario {
    String name();

    /// Pairs of phones that it needs.
    int pairs();

    /// Does it. Blocks. Ends early, with what it has found so far, when the run is asked to end.
    Finding run(Scene scene) throws InterruptedException;

    /// @param measured the stretch that counts
    /// @param figures what else was found, by name; the unit is in the name
    record Finding(Measured measured, Map<String, Double> figures) {}
}
