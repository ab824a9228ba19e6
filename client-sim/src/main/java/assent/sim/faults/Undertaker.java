package assent.sim.faults;

import assent.sim.demo.DemoFailure;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;
import java.util.Optional;

/// Sees to it that no process of a run outlives the harness, however that ends: a shell that waits
/// until the harness is gone, then kills whatever carries the run's word in its environment, and
/// removes the run's temporary folder. Signals that a terminal sends to all do not reach it.
///
/// It needs `/proc`, so on other systems a harness that is killed with SIGKILL leaves its gateway;
/// any other end is seen to by a shutdown hook. Immutable.
final class Undertaker {
    /// `$1` the run's word, `$2` its folder, `$3` the harness, which may still be on its way out.
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            read -r end_of_the_harness
            for round in 1 2 3 4 5 6 7 8 9 10; do
              found=
              for file in $(grep -lzxF "FAULTS_RUN=$1" /proc/[0-9]*/environ 2> /dev/null); do
                process=${file#/proc/}
                process=${process%/environ}
                [ "$process" = "$3" ] || ! kill -KILL "$process" || found=yes
              done
              [ -n "$found" ] || break
              sleep 0.1
            done
            rm -rf "$2"
            """;

    private Undertaker() {}

    /// Starts it, if the launcher gave this run a word. It needs no end.
    ///
    /// @param environment of the harness: `FAULTS_RUN` is the run's word, `FAULTS_FOLDER` its
    ///     temporary folder
    static void watch(Map<String, String> environment) {
        Optional<ProcessHandle> shell = Optional.ofNullable(environment.get("FAULTS_RUN"))
                .flatMap(run ->
                        Optional.ofNullable(environment.get("FAULTS_FOLDER")).map(folder -> start(run, folder)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endChildren(shell), "faults-stop"));
    }

    private static ProcessHandle start(String run, String folder) {
        String self = Long.toString(ProcessHandle.current().pid());
        var shell = new ProcessBuilder("sh", "-c", SCRIPT, "undertaker", run, folder, self)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        shell.environment().remove("FAULTS_RUN");
        try {
            return shell.start().toHandle(); // it reads from a pipe that ends with us
        } catch (IOException e) {
            throw new DemoFailure("no shell could be started that ends what a run leaves: " + e.getMessage(), e);
        }
    }

    private static void endChildren(Optional<ProcessHandle> except) {
        ProcessHandle.current()
                .children()
                .filter(child -> !Optional.of(child).equals(except))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
