package assent.sim.redis;

import assent.sim.process.ProcessFailure;
import java.util.List;

/// What one server says about a node of its cluster: a line of `CLUSTER NODES`. Immutable.
///
/// @param flags such as `myself,master`
/// @param primary id of the one that it follows, or `-`
/// @param slots such as `0-5460`
record ClusterView(List<String> flags, String primary, List<String> slots) {
    private static final int FLAGS = 2;
    private static final int PRIMARY = 3;
    private static final int FIRST_SLOTS = 8;

    static List<ClusterView> of(RedisServer server) {
        return server.ask("CLUSTER", "NODES")
                .toString()
                .lines()
                .map(ClusterView::parse)
                .toList();
    }

    static ClusterView ofItself(RedisServer server) {
        return of(server).stream()
                .filter(view -> view.flags.contains("myself"))
                .findFirst()
                .orElseThrow(() -> new ProcessFailure(server + " does not know itself"));
    }

    private static ClusterView parse(String line) {
        List<String> words = List.of(line.split(" ", -1));
        return new ClusterView(
                List.of(words.get(FLAGS).split(",", -1)),
                words.get(PRIMARY),
                words.subList(Math.min(FIRST_SLOTS, words.size()), words.size()));
    }

    boolean isKnown() {
        return !flags.contains("handshake") && !flags.contains("noaddr");
    }

    boolean servesSlots() {
        return flags.contains("master") && !slots.isEmpty();
    }

    boolean follows(String id) {
        return flags.contains("slave") && primary.equals(id);
    }

    boolean serves(int slot) {
        return servesSlots() && slots.stream().anyMatch(range -> holds(range, slot));
    }

    private static boolean holds(String range, int slot) {
        if (range.startsWith("[")) {
            return false; // a slot on its way to somebody else
        }
        String[] ends = range.split("-", -1);
        return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
    }
}
