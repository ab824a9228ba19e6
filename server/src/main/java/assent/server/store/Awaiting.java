package assent.server.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// For whoever may wait for the store's answer: virtual threads of operators' requests, never event loops.
public final class Awaiting {
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private Awaiting() {}

    /// Waits for any reply, such as one that a service gives in its own words.
    ///
    /// @param question asks, and passes the reply on
    /// @throws StoreException if no reply came in ten seconds
    public static <R> R reply(Consumer<Consumer<R>> question) throws StoreException {
        var reply = new CompletableFuture<R>();
        question.accept(reply::complete);
        try {
            return reply.get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new StoreException("The store did not answer within " + WAIT_MAX + ". Look before trying again.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while the store was asked.", e);
        }
    }

    /// Waits for the store's answer.
    ///
    /// @throws StoreException if the store cannot do it now
    public static <R> R answer(Consumer<Consumer<Answer<R>>> question) throws StoreException {
        return switch (reply(question)) {
            case Answer.Value<R>(var value) -> value;
            case Answer.Unavailable<R> ignored ->
                throw new StoreException("The store cannot do it now. Try again; the gateway's log says why.");
        };
    }

    /// Reads on the store's own threads, and waits.
    ///
    /// @throws StoreException if the store cannot be read now
    public static <R> R read(StoreReads reads, Read<R> read) throws StoreException {
        return answer(reply -> reads.read(read, Runnable::run, reply));
    }
}
