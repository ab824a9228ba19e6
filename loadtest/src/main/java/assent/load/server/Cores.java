package assent.load.server;

import java.util.ArrayList;
import java.util.List;

/// Which processors the server has, and which the load. Immutable.
///
/// @param server as `taskset -c` takes them, such as `0` or `0-3`; empty: any
/// @param load likewise
public record Cores(String server, String load) {
    /// The first processor for the server, the others for the load; nothing is pinned where there is only
    /// one.
    public static Cores usual() {
        int processors = Runtime.getRuntime().availableProcessors();
        return switch (processors) {
            case 1 -> new Cores("", "");
            case 2 -> new Cores("0", "1");
            default -> new Cores("0", "1-" + (processors - 1));
        };
    }

    List<String> forServer(List<String> command) {
        return pinned(server, command);
    }

    public List<String> forLoad(List<String> command) {
        return pinned(load, command);
    }

    /// In a session of its own as well: a Ctrl-C in the terminal is for the load test alone, which then
    /// ends what it has started in its own order.
    private static List<String> pinned(String cores, List<String> command) {
        var pinned = new ArrayList<>(List.of("setsid"));
        if (!cores.isEmpty()) {
            pinned.addAll(List.of("taskset", "-c", cores));
        }
        pinned.addAll(command);
        return pinned;
    }
}
