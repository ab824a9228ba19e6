package assent.load.conduct;

import assent.load.driver.Target;
import assent.load.server.Cores;
import assent.load.server.Ending;
import assent.load.work.Order;
import assent.load.work.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Several worker processes that share the pairs. One order at a time.
public final class Crew implements AutoCloseable {
    /// A process has 20,000 open files here, and needs some for itself.
    public static final int CONNECTIONS_MAX = 19_000;

    /// The name of every worker's fleet.
    public static final String FLEET = "phones";

    private final List<WorkerHandle> workers = new ArrayList<>();
    private final List<Integer> pairs = new ArrayList<>();
    private final Consumer<Report.Progress> progress;

    private Crew(Consumer<Report.Progress> progress) {
        this.progress = progress;
    }

    /// Whom the crew drives. Immutable.
    ///
    /// @param firstPair see [Order.Open]
    /// @param loops event loops of each worker
    public record Task(Target target, int firstPair, int pairs, int loops, Optional<Path> texts, int textBytes) {}

    /// Starts as many workers as the connections need, and gives each its pairs.
    ///
    /// @param progress hears each worker every second, on any thread
    public static Crew start(Task task, Cores cores, Ending ending, Consumer<Report.Progress> progress) {
        var crew = new Crew(progress);
        int workers = Math.max(1, Math.ceilDiv(2 * task.pairs(), CONNECTIONS_MAX));
        for (int i = 0; i < workers; i++) {
            WorkerHandle worker = WorkerHandle.start(cores);
            ending.onAsked(worker::stop);
            crew.workers.add(worker);
            crew.pairs.add(task.pairs() / workers + (i < task.pairs() % workers ? 1 : 0));
        }
        int first = task.firstPair();
        for (int i = 0; i < workers; i++) {
            int from = first;
            crew.workers
                    .get(i)
                    .carryOut(
                            new Order.Open(
                                    FLEET,
                                    task.target(),
                                    task.loops(),
                                    from,
                                    crew.pairs.get(i),
                                    task.texts(),
                                    task.textBytes()),
                            progress);
            first += crew.pairs.get(i);
        }
        return crew;
    }

    public int size() {
        return workers.size();
    }

    /// Has all workers carry out an order at the same time. Blocks.
    ///
    /// @param orders by the worker's index
    public List<Report.Stretch> all(IntFunction<Order> orders) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<CompletableFuture<Report.Stretch>>();
            for (int i = 0; i < workers.size(); i++) {
                WorkerHandle worker = workers.get(i);
                Order order = orders.apply(i);
                running.add(CompletableFuture.supplyAsync(() -> worker.carryOut(order, progress), threads));
            }
            return running.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// Ends what all workers do early, and all that comes later at once. From any thread.
    public void stop() {
        workers.forEach(WorkerHandle::stop);
    }

    @Override
    public void close() {
        workers.forEach(WorkerHandle::close);
    }
}
