package assent.sim.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Sees to it that no process of a run outlives the program that started it, however that ends: a shell that
/// waits until the program is gone, then kills whatever carries the run's word in its environment, and
/// removes the run's folder. Signals that a terminal sends to all do not reach it.
///
/// It needs `/proc`, so on other systems a program that is killed with SIGKILL leaves its processes.
/// Thread-safe.
public final class Undertaker implements AutoCloseable {
    private static final long SECONDS_MAX = 10;

    /// `$1` the run's word as the environment has it, `$2` its folder, `$3` the program, which may still be
    /// on its way out.
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            read -r end_of_the_program
            for round in 1 2 3 4 5 6 7 8 9 10; do
              found=
              for file in $(grep -lzxF "$1" /proc/[0-9]*/environ 2> /dev/null); do
                process=${file#/proc/}
                process=${process%/environ}
                [ "$process" = "$3" ] || ! kill -KILL "$process" || found=yes
              done
              [ -n "$found" ] || break
              sleep 0.1
            done
            rm -rf "$2"
            """;

    private final Process shell;

    private Undertaker(Process shell) {
        this.shell = shell;
    }

    /// Starts to watch over this program.
    ///
    /// @param variable of the environment that holds the run's word
    /// @param run the word, which no other run has
    /// @param folder of the run, removed at the end
    public static Undertaker watch(String variable, String run, Path folder) {
        String self = Long.toString(ProcessHandle.current().pid());
        var builder = new ProcessBuilder(
                        "sh", "-c", SCRIPT, "undertaker", variable + "=" + run, folder.toString(), self)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().remove(variable);
        try {
            return new Undertaker(builder.start()); // it reads from a pipe that ends with us
        } catch (IOException e) {
            throw new ProcessFailure("no shell could be started that ends what a run leaves: " + e.getMessage(), e);
        }
    }

    public ProcessHandle handle() {
        return shell.toHandle();
    }

    /// The run has ended: does now what it would do at the end of the program. Blocks for a moment.
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            shell.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (IOException e) {
            // The shell is gone, and somebody else has cleaned up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
