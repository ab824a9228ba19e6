package assent.load.conduct;

import assent.load.server.Cores;
import assent.load.server.JavaCommand;
import assent.load.server.LoadFailure;
import assent.load.work.Order;
import assent.load.work.Report;
import assent.load.work.WorkerProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A worker process. One order at a time, from one thread; [#stop] and [#close] from any.
public final class WorkerHandle implements AutoCloseable {
    private static final List<String> HEAP = List.of("-Xms256m", "-Xmx2g");

    private final Process process;
    private final BufferedReader reports;
    private final BufferedWriter orders;
    private final JsonMapper json = JsonMapper.shared();

    private WorkerHandle(Process process) {
        this.process = process;
        this.reports = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /// Starts one on the processors of the load. It ends with this process.
    public static WorkerHandle start(Cores cores) {
        try {
            return new WorkerHandle(
                    new ProcessBuilder(cores.forLoad(JavaCommand.of(WorkerProcess.class, HEAP, List.of())))
                            .redirectError(Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new LoadFailure("a worker process cannot be started: " + e.getMessage(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /// Blocks until it is carried out.
    ///
    /// @param progress hears how it goes
    /// @throws LoadFailure if it failed
    public Report.Stretch carryOut(Order order, Consumer<Report.Progress> progress) {
        say(order);
        try {
            String line;
            while ((line = reports.readLine()) != null) {
                switch (json.readValue(line, Report.class)) {
                    case Report.Progress said -> progress.accept(said);
                    case Report.Done(var stretch) -> {
                        return stretch;
                    }
                    case Report.Failed(var why) -> throw new LoadFailure("a worker failed: " + why);
                }
            }
        } catch (IOException | JacksonException e) {
            throw new LoadFailure("a worker cannot be understood: " + e.getMessage(), e);
        }
        throw new LoadFailure("a worker has ended in the middle of an order; what it said is above");
    }

    private void say(Order order) {
        synchronized (orders) {
            try {
                orders.write(json.writerFor(Order.class).writeValueAsString(order));
                orders.newLine();
                orders.flush();
            } catch (IOException e) {
                throw new LoadFailure("a worker takes no orders any more: " + e.getMessage(), e);
            }
        }
    }

    /// Ends its present order early, and all later ones at once. Does nothing if it has ended.
    public void stop() {
        if (process.isAlive()) {
            say(new Order.Stop());
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
