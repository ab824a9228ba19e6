package assent.sim.faults;

import assent.sim.demo.GatewayProcess.Extras;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    /// A gateway's environment, so that it starts quickly and leaves nothing behind when it is killed:
    /// RocksDB would unpack its library into another temporary file each time.
    Map<String, String> environment() {
        return Map.of(
                "JAVA_OPTS",
                String.format(Locale.ROOT, QUICK_START, scratch.resolve("classes.jsa")),
                "ROCKSDB_SHAREDLIB_DIR",
                scratch.toString());
    }

    /// As [#environment()], with more in it.
    Map<String, String> environment(Map<String, String> more) {
        var all = new HashMap<>(environment());
        all.putAll(more);
        return Map.copyOf(all);
    }

    /// What a gateway is started with that writes what it says into its data folder.
    Extras extras(List<String> flags) {
        return new Extras(flags, environment(), Optional.empty());
    }

    /// Flags that make the gateway quick to find its carrier again.
    static List<String> quickCarrier() {
        return List.of("--carrier-link-reconnect-min=100ms", "--carrier-link-reconnect-max=1s");
    }
}
