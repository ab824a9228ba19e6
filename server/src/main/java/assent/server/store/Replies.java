package assent.server.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers those who wait: all replies of a batch to one executor in one task, in the order of
/// submission, so that an event loop is woken once.
final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private Replies() {}

    static void results(List<Committer.Pending<?>> batch, List<Write.Result> results) {
        giveAll(batch, i -> () -> batch.get(i).answer(results.get(i)));
    }

    static void unavailable(List<Committer.Pending<?>> batch) {
        giveAll(batch, i -> batch.get(i)::answerUnavailable);
    }

    private static void giveAll(List<Committer.Pending<?>> batch, IntFunction<Runnable> reply) {
        var byExecutor = new LinkedHashMap<Executor, List<Runnable>>();
        for (int i = 0; i < batch.size(); i++) {
            byExecutor
                    .computeIfAbsent(batch.get(i).replyOn(), _ -> new ArrayList<>())
                    .add(reply.apply(i));
        }
        byExecutor.forEach(Replies::give);
    }

    static void give(Executor executor, List<Runnable> replies) {
        try {
            executor.execute(() -> {
                for (Runnable reply : replies) {
                    run(reply);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("{} replies found their executor closed.", replies.size());
        }
    }

    private static void run(Runnable reply) {
        try {
            reply.run();
        } catch (RuntimeException e) { // one caller's bug must not swallow the others' answers
            LOG.warn("A reply from the store broke its receiver. This is a bug.", e);
        }
    }
}
