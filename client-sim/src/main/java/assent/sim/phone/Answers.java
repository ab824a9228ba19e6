package assent.sim.phone;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for what the device library promises. Stateless.
public final class Answers {
    /// Longer than the library itself waits for any one answer.
    static final Duration PATIENCE = Duration.ofSeconds(45);

    private Answers() {}

    /// Blocks, at most 45 seconds.
    ///
    /// @param step what is waited for, as an error names it
    /// @throws PhoneFailure if nothing came
    public static <T> T await(CompletableFuture<T> answer, String step) throws InterruptedException {
        return await(answer, step, PATIENCE);
    }

    static <T> T await(CompletableFuture<T> answer, String step, Duration patience) throws InterruptedException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new PhoneFailure(step + " had no answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new PhoneFailure(step + " failed: " + e.getCause(), e);
        }
    }
}
