package assent.load.inside;

import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.Write;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/// Brings a store to a number of made-up activations, through the writes that a handshake ends in. Those that
/// are there already stay, so one that was interrupted goes on. Confined to one thread, beside those that
/// make the next steps.
final class ActivationFiller {
    /// Activations in one durable step.
    private static final int STEP = 500;

    /// Steps that are made while another is stored.
    private static final int AHEAD = 4;

    private final Store store;
    private final ActivationMaker maker;
    private final ExecutorService makers;

    /// @param makers make the steps
    ActivationFiller(Store store, ActivationMaker maker, ExecutorService makers) {
        this.store = store;
        this.maker = maker;
        this.makers = makers;
    }

    /// A step in the making.
    private record Step(int until, Future<List<Write<?>>> writes) {}

    /// Adds those that are missing.
    ///
    /// @param progress hears after each step how many there are
    /// @return how many were missing
    int fill(IntConsumer progress) throws StoreException, InterruptedException {
        int count = maker.order().size();
        int added = 0;
        int begun = 0;
        var ahead = new ArrayDeque<Step>();
        while (begun < count || !ahead.isEmpty()) {
            while (begun < count && ahead.size() < AHEAD) {
                int from = begun;
                begun = Math.min(count, from + STEP);
                ahead.add(begin(from, begun));
            }
            Step step = ahead.remove();
            List<Write<?>> writes = made(step);
            if (!writes.isEmpty()) {
                requireBound(store.apply(writes));
            }
            added += writes.size() / 2;
            progress.accept(step.until());
        }
        return added;
    }

    private Step begin(int from, int until) {
        Callable<List<Write<?>>> making = () -> maker.missing(store, from, until);
        return new Step(until, makers.submit(making));
    }

    private static List<Write<?>> made(Step step) throws StoreException, InterruptedException {
        try {
            return step.writes().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new IllegalStateException("activations could not be made", e);
        }
    }

    private static void requireBound(List<Write.Result> results) {
        for (Write.Result result : results) {
            boolean isGood =
                    result instanceof Write.Done || (result instanceof Write.Bound(var replaced) && replaced.isEmpty());
            if (!isGood) {
                throw new IllegalStateException("an activation was not bound, or took another's place");
            }
        }
    }
}
