package assent.load.work;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.json.JsonMapper;

/// A worker as a process: orders come in on standard input, reports go out on standard output. It ends
/// with its input, so that it cannot outlive who gives the orders.
public final class WorkerProcess {
    private static final int ORDERS_WAITING_MAX = 64;

    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>(ORDERS_WAITING_MAX);
    private final JsonMapper json = JsonMapper.shared();
    private final PrintStream out = System.out;
    private final Worker worker = new Worker(this::say);

    private WorkerProcess() {}

    public static void main(String[] args) throws InterruptedException {
        new WorkerProcess().run();
    }

    private void run() throws InterruptedException {
        Thread.ofPlatform().daemon().name("orders").start(this::read);
        while (true) {
            worker.carryOut(orders.take());
        }
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String line;
            while ((line = in.readLine()) != null) {
                Order order = json.readValue(line, Order.class);
                if (order instanceof Order.Stop) {
                    worker.stop();
                } else {
                    orders.put(order);
                }
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("worker: " + e);
        }
        Runtime.getRuntime().halt(0);
    }

    private void say(Report report) {
        synchronized (out) {
            out.println(json.writeValueAsString(report));
            out.flush();
        }
    }
}
