package assent.server.store.rocks;

import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.text;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.TestStores;
import assent.server.store.Write;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures what keeping a message costs: a main class, run by hand, that prints figures. Each message
/// is put into one of 500 mailboxes by one step and taken out by the next, 80 bytes long. The whole
/// process's CPU includes RocksDB's background threads, the compiler and the making of the messages. Run
/// it with the test class path.
final class StoreSpeed {
    private static final int MAILBOXES = 500;
    private static final int ROUNDS = 3;

    private StoreSpeed() {}

    public static void main(String[] arguments) throws StoreException {
        try (var stores = TestStores.open()) {
            List<PhoneNumber> numbers = new ArrayList<>();
            List<DeviceId> devices = new ArrayList<>();
            for (int i = 0; i < MAILBOXES; i++) {
                numbers.add(PhoneNumber.parse("+9112345" + (10_000 + i)));
                devices.add(activate(stores.store(), numbers.getLast()).deviceId());
            }
            measure(stores.store(), numbers, devices, 100, 50_000, "warm-up");
            for (int round = 0; round < ROUNDS; round++) {
                measure(stores.store(), numbers, devices, 100, 100_000, "put and taken out, batches of 100");
                measure(stores.store(), numbers, devices, 1, 1_000, "put and taken out, one at a time");
            }
        }
    }

    private static void measure(
            Store store, List<PhoneNumber> numbers, List<DeviceId> devices, int batch, int messages, String what)
            throws StoreException {
        long putCpu = 0;
        long takeCpu = 0;
        long processBefore = processCpuNanos();
        long startedNanos = System.nanoTime();
        for (int done = 0; done < messages; done += batch) {
            List<Write<?>> puts = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                int to = (done + i) % MAILBOXES;
                puts.add(text(numbers.get(to), BEN, devices.get((to + 1) % MAILBOXES), "x".repeat(80)));
            }
            long before = writerCpuNanos();
            List<Write.Result> results = store.apply(puts);
            long between = writerCpuNanos();
            List<Write<?>> takes = new ArrayList<>();
            for (Write.Result result : results) {
                var appended = (Write.Appended) result;
                takes.add(new Write.Remove(appended.mailbox(), List.of(appended.sequence())));
            }
            store.apply(takes);
            putCpu += between - before;
            takeCpu += writerCpuNanos() - between;
        }
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: %,.0f messages/s; writer's CPU per Append %.1f us, per Remove %.1f us; whole process %.1f us%n",
                what,
                messages / seconds,
                putCpu / 1e3 / messages,
                takeCpu / 1e3 / messages,
                (processCpuNanos() - processBefore) / 1e3 / messages);
    }

    private static long writerCpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long processCpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
