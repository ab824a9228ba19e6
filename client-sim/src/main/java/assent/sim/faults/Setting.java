package assent.sim.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// What a fault is run with. Immutable.
///
/// @param home the project's folder
/// @param scratch an empty folder for whatever is needed, removed afterwards
/// @param seed of every random choice
/// @param isLong whether there is time for the long run
/// @param said told how it goes
record Setting(Path home, Path scratch, long seed, boolean isLong, Consumer<String> said) {
    /// The gateway's JVM starts faster with these; what it does is the same.
    static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m -XX:SharedArchiveFile=%s"
            + " -XX:+AutoCreateSharedArchive -Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:aot=off";

    int scale(int shortRun, int longRun) {
        return isLong ? longRun : shortRun;
    }

    void say(String what) {
        said.accept(what);
    }

    /// JVM options with which the gateway starts quickly.
    String quickStart() {
        return String.format(java.util.Locale.ROOT, QUICK_START, scratch.resolve("classes.jsa"));
    }

    /// Flags that make the gateway quick to find its carrier again.
    static List<String> quickCarrier() {
        return List.of("--carrier-link-reconnect-min=100ms", "--carrier-link-reconnect-max=1s");
    }
}
