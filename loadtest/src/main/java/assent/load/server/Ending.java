package assent.load.server;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How a run ends when somebody presses Ctrl-C (or sends SIGTERM): what is under way is asked to stop, the
/// run says what it has found so far, and only then what it has started is ended. Thread-safe.
public final class Ending {
    private static final Duration REPORT_MAX = Duration.ofSeconds(30);

    private final Deque<Runnable> stops = new ConcurrentLinkedDeque<>();
    private final Deque<Process> processes = new ConcurrentLinkedDeque<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean asked;

    /// Has this JVM end this way.
    public static Ending install() {
        var ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(ending::end, "ending"));
        return ending;
    }

    private void end() {
        if (done.getCount() == 0) {
            processes.forEach(Process::destroyForcibly);
            return;
        }
        asked = true;
        stops.forEach(Runnable::run);
        try {
            if (!done.await(REPORT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("loadtest: the run did not end within " + REPORT_MAX.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        processes.forEach(Process::destroyForcibly);
    }

    /// Whether the run was asked to end: what it says then is partial.
    public boolean isAsked() {
        return asked;
    }

    /// @param stop asks something that is under way to end soon
    public void onAsked(Runnable stop) {
        stops.add(stop);
    }

    /// This process does not outlive the run.
    void own(Process process) {
        processes.add(process);
    }

    /// Everything has been said.
    public void done() {
        done.countDown();
    }
}
