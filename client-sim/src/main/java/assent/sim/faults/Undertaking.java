package assent.sim.faults;

import assent.sim.process.Undertaker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Sees to it that no gateway outlives the harness: at any end that Java hears of by a shutdown hook, at a
/// SIGKILL by an [Undertaker], if the launcher has given this run a word. Stateless.
final class Undertaking {
    private static final String RUN = "FAULTS_RUN";

    private Undertaking() {}

    /// Begins. It needs no end.
    ///
    /// @param environment of the harness: `FAULTS_RUN` is the run's word, `FAULTS_FOLDER` its
    ///     temporary folder
    static void begin(Map<String, String> environment) {
        Optional<ProcessHandle> shell = Optional.ofNullable(environment.get(RUN))
                .flatMap(run -> Optional.ofNullable(environment.get("FAULTS_FOLDER"))
                        .map(folder ->
                                Undertaker.watch(RUN, run, Path.of(folder)).handle()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endChildren(shell), "faults-stop"));
    }

    private static void endChildren(Optional<ProcessHandle> except) {
        ProcessHandle.current()
                .children()
                .filter(child -> !Optional.of(child).equals(except))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
