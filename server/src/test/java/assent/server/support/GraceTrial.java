package assent.server.support;

import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/// Texts over a link of a chosen round trip: how many were never stored, and how long their sender
/// waited. Run as a program it prints the table of `docs/reliability.md`.
public final class GraceTrial {
    private static final int IN_FLIGHT = 8;

    private GraceTrial() {}

    /// @param unstored acknowledged in the grace, and so never on a disk
    /// @param p50 median of the sender's wait for its result
    public record Result(int texts, int unstored, int stored, Duration p50, Duration p99) {}

    /// Anna, near, sends to Ben, whose phone acknowledges at once at the far end of the link.
    public static Result run(TestGateway gateway, Duration roundTrip, int texts) throws Exception {
        try (SlowWire wire = SlowWire.open(gateway, roundTrip);
                RawPhone anna = gateway.phone();
                RawPhone ben = wire.phone()) {
            anna.activate();
            ben.activate();
            Thread acknowledging = Thread.ofPlatform().start(() -> acknowledgeAll(ben));
            warmUp(anna, ben);
            double unstoredBefore = gateway.meter("assent.messages.delivered.unstored");
            double storedBefore = gateway.meter("assent.messages.stored");
            long[] waits = send(anna, ben, texts);
            var result = new Result(
                    texts,
                    (int) (gateway.meter("assent.messages.delivered.unstored") - unstoredBefore),
                    (int) (gateway.meter("assent.messages.stored") - storedBefore),
                    Duration.ofNanos(waits[texts / 2]),
                    Duration.ofNanos(waits[texts * 99 / 100]));
            ben.goAway();
            acknowledging.join();
            return result;
        }
    }

    private static void acknowledgeAll(RawPhone phone) {
        for (var frame = phone.peer().next();
                frame.isPresent();
                frame = phone.peer().next()) {
            if (frame.get() instanceof GatewayFrame.Deliver delivery) {
                phone.acknowledge(delivery.deliveryNumber());
            }
        }
    }

    /// Until the mailbox was looked through, everything goes by way of it.
    private static void warmUp(RawPhone anna, RawPhone ben) {
        for (int i = 0; i < 10; i++) {
            anna.text(ben.number, "warming up");
            anna.result();
        }
    }

    /// @return the waits, shortest first
    private static long[] send(RawPhone anna, RawPhone ben, int texts) throws InterruptedException {
        var window = new Semaphore(IN_FLIGHT);
        Map<MessageId, Long> sentAt = new HashMap<>();
        Thread sending = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < texts; i++) {
                window.acquireUninterruptibly();
                synchronized (sentAt) {
                    sentAt.put(anna.text(ben.number, "text " + i), System.nanoTime());
                }
            }
        });
        var waits = new long[texts];
        for (int i = 0; i < texts; i++) {
            MessageId id = anna.result().messageId();
            synchronized (sentAt) {
                waits[i] = System.nanoTime() - Objects.requireNonNull(sentAt.get(id), "a result of what was not sent");
            }
            window.release();
        }
        sending.join();
        Arrays.sort(waits);
        return waits;
    }

    /// Prints the table: round trips against a fixed and an adaptive grace.
    public static void main(String[] args) throws Exception {
        System.out.println("| round trip | grace | never stored | sender waits p50 / p99 |");
        System.out.println("|---|---|---|---|");
        for (int millis : new int[] {1, 20, 60, 150}) {
            for (String grace : new String[] {"30ms", "adaptive"}) {
                Map<String, String> options = new HashMap<>();
                if (!grace.equals("adaptive")) {
                    options.put("session.grace", grace);
                }
                Path folder = Files.createTempDirectory("grace-trial");
                try (TestGateway gateway = TestGateway.start(folder, options)) {
                    Result result = run(gateway, Duration.ofMillis(millis), 1_000);
                    System.out.printf(
                            "| %d ms | %s | %.1f %% | %d / %d ms |%n",
                            millis,
                            grace,
                            100.0 * result.unstored / result.texts,
                            result.p50.toMillis(),
                            result.p99.toMillis());
                }
            }
        }
        System.exit(0);
    }
}
