package assent.server.support;

import assent.protocol.GatewayFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// Measures what a text costs at Redis when its sender and its recipient are at different gateways, as Redis counts it:
/// commands, and readings of the socket, which are exchanges. Run with the test class path; prints a table.
///
/// Arguments: pairs of phones, texts of each, texts of one phone under way at a time.
public final class ClusterCost {
    private static final String[] DEFAULTS = {"20", "500", "50"};

    private ClusterCost() {}

    public static void main(String... arguments) throws Exception {
        String[] given = arguments.length == DEFAULTS.length ? arguments : DEFAULTS;
        int pairs = Integer.parseInt(given[0]);
        int texts = Integer.parseInt(given[1]);
        int window = Integer.parseInt(given[2]);
        try (var cluster = TestCluster.start(Files.createTempDirectory("assent-cost"), 2)) {
            measure(cluster, pairs, texts, window);
        }
    }

    private static void measure(TestCluster cluster, int pairs, int texts, int window) throws Exception {
        var senders = new ArrayList<RawPhone>();
        var recipients = new ArrayList<RawPhone>();
        for (int i = 0; i < pairs; i++) {
            senders.add(cluster.rawPhone(0));
            recipients.add(cluster.rawPhone(1));
            senders.getLast().activate();
            recipients.getLast().activate();
        }
        exchange(senders, recipients, Math.min(texts, 50), window); // the first ones are not counted
        Map<String, Long> before = counts(cluster);
        long begun = System.nanoTime();
        exchange(senders, recipients, texts, window);
        double seconds = (System.nanoTime() - begun) / 1e9;
        Map<String, Long> after = counts(cluster);
        long messages = (long) pairs * texts;
        System.out.printf(
                "%d texts across two gateways in %.1f s, %d pairs, %d under way each%n",
                messages, seconds, pairs, window);
        System.out.println("| counted by Redis | per text |");
        System.out.println("|---|---|");
        after.forEach((name, count) -> {
            double each = (count - before.getOrDefault(name, 0L)) / (double) messages;
            if (each >= 0.001) {
                System.out.printf("| %s | %.3f |%n", name, each);
            }
        });
        senders.forEach(RawPhone::close);
        recipients.forEach(RawPhone::close);
    }

    private static void exchange(List<RawPhone> senders, List<RawPhone> recipients, int texts, int window)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < senders.size(); i++) {
                RawPhone from = senders.get(i);
                RawPhone to = recipients.get(i);
                work.add(() -> send(from, to, texts, window));
                work.add(() -> receive(to, texts));
            }
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
    }

    private static int send(RawPhone from, RawPhone to, int texts, int window) {
        int results = 0;
        for (int i = 0; i < texts; i++) {
            from.text(to.number, "a text of a usual length, as people write them to each other, number " + i);
            if (i - results >= window) {
                from.result();
                results++;
            }
        }
        while (results++ < texts) {
            from.result();
        }
        return results;
    }

    private static int receive(RawPhone phone, int texts) {
        for (int i = 0; i < texts; i++) {
            phone.acknowledge(phone.peer().skipTo(GatewayFrame.Deliver.class).deliveryNumber());
        }
        return texts;
    }

    private static Map<String, Long> counts(TestCluster cluster) {
        var counts = new TreeMap<String, Long>();
        String commands = new String((byte[]) cluster.ask("INFO", "commandstats"), StandardCharsets.UTF_8);
        for (String line : commands.lines().toList()) {
            if (line.startsWith("cmdstat_")) {
                counts.put(
                        line.substring(8, line.indexOf(':')),
                        Long.parseLong(line.substring(line.indexOf("calls=") + 6, line.indexOf(','))));
            }
        }
        String stats = new String((byte[]) cluster.ask("INFO", "stats"), StandardCharsets.UTF_8);
        for (String line : stats.lines().toList()) {
            if (line.startsWith("total_reads_processed:")) {
                counts.put("exchanges (socket reads)", Long.parseLong(line.substring(line.indexOf(':') + 1)));
            }
        }
        return counts;
    }
}
