package assent.sim.faults;

import assent.sim.demo.DemoFailure;
import assent.sim.process.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rules for the packets to and from one port, in the network namespace that the launcher has made for
/// this run: nobody else has a network in it, and the rules go with it. Confined to one thread.
final class Packets implements AutoCloseable {
    private static final String CHAIN = "INPUT"; // on the loopback each packet passes it once
    private static final String LOSS = "0.10";

    private final String port;
    private long dropped;

    Packets(int port) {
        this.port = Integer.toString(port);
    }

    /// Why there can be no rules here.
    static Optional<String> missing() {
        if (System.getenv("FAULTS_NAMESPACE") == null) {
            return Optional.of("it needs root and unshare, to make a network namespace");
        }
        return Tool.isThere("iptables")
                ? Optional.empty()
                : Optional.of("it needs iptables, which is not on PATH (Debian package iptables)");
    }

    /// What happens to packets.
    enum Trouble {
        /// One packet in ten is lost, in both directions.
        LOSS(true, true),
        /// Nothing reaches the gateway; what it says arrives.
        DEAF_GATEWAY(true, false),
        /// Nothing reaches the phones; what they say arrives.
        DEAF_PHONES(false, true),
        /// Each packet to the gateway is answered with a reset, in the middle of whatever it belongs to.
        RESETS(true, false);

        private final boolean toGateway;
        private final boolean fromGateway;

        Trouble(boolean toGateway, boolean fromGateway) {
            this.toGateway = toGateway;
            this.fromGateway = fromGateway;
        }
    }

    /// From now on; takes the place of the trouble before.
    void trouble(Trouble trouble) throws InterruptedException {
        close();
        if (trouble.toGateway) {
            add("--dport", trouble);
        }
        if (trouble.fromGateway) {
            add("--sport", trouble);
        }
    }

    private void add(String portFlag, Trouble trouble) throws InterruptedException {
        var rule = new ArrayList<>(List.of("iptables", "-w", "-A", CHAIN, "-p", "tcp", portFlag, port));
        rule.addAll(
                switch (trouble) {
                    case LOSS -> List.of("-m", "statistic", "--mode", "random", "--probability", LOSS, "-j", "DROP");
                    case DEAF_GATEWAY, DEAF_PHONES -> List.of("-j", "DROP");
                    case RESETS -> List.of("-j", "REJECT", "--reject-with", "tcp-reset");
                });
        run(rule);
    }

    private static String run(List<String> command) throws InterruptedException {
        Tool.Result result = Tool.run(command.toArray(String[]::new));
        if (!result.isGood()) {
            throw new DemoFailure(String.join(" ", command) + " failed: " + result.output());
        }
        return result.output();
    }

    /// Packets that were lost or answered with a reset in all troubles that are over.
    long dropped() {
        return dropped;
    }

    /// Everything passes again.
    @Override
    public void close() {
        try {
            dropped += run(List.of("iptables", "-w", "-L", CHAIN, "-v", "-x", "-n"))
                    .lines()
                    .filter(line -> line.contains("DROP") || line.contains("REJECT"))
                    .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", 2)[0]))
                    .sum();
            run(List.of("iptables", "-w", "-F", CHAIN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
