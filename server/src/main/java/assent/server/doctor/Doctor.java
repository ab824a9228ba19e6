package assent.server.doctor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks at everything around a gateway, one thing after the other, so that the disk's time is not
/// measured while the store is read. Immutable.
///
/// @param examinations in this order
/// @param timeMax for each; one that takes longer is given up and found bad
public record Doctor(List<Examination> examinations, Duration timeMax) {
    public Doctor {
        examinations = List.copyOf(examinations);
    }

    /// Takes each finding as it comes. Called on the thread of [#examine].
    @FunctionalInterface
    public interface Patient {
        void hear(String subject, Finding finding);
    }

    /// Blocks until all are done. What throws is a bad finding, and the others go on.
    public void examine(Patient patient) throws InterruptedException {
        for (Examination one : examinations) {
            patient.hear(one.subject(), look(one));
        }
    }

    private Finding look(Examination one) throws InterruptedException {
        var task = new FutureTask<>(one.look());
        Thread.ofPlatform().daemon().name("doctor-" + one.subject()).start(task);
        try {
            return task.get(timeMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            task.cancel(true);
            return Finding.bad(
                    "no answer within " + timeMax.toSeconds() + " s",
                    "Look at what " + one.subject() + " depends on, or give it more time with --time-max");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String message = cause.getMessage();
            return Finding.bad(
                    message == null ? cause.getClass().getSimpleName() : message, "Mend that, then look again");
        }
    }
}
