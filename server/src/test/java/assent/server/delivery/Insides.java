package assent.server.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A look inside the two ends of a session, for tests that watch what is held there. Call it from where
/// the ends are confined.
public final class Insides {
    private Insides() {}

    /// Whether the ends belong to this connection.
    public static boolean isOf(Presence.Endpoint ends, Link link) {
        return ends.inbox().isOn(link);
    }

    /// The states, in the words of [Delivery], of what is pushed and not acknowledged, oldest first.
    public static List<String> inFlight(Presence.Endpoint ends) {
        var states = new ArrayList<String>();
        ends.inbox().window().forEach(delivery -> states.add(delivery.safety().name()));
        return states;
    }

    /// The same of the deliveries up to number `through`.
    public static List<String> upTo(Presence.Endpoint ends, long through) {
        var states = inFlight(ends);
        long beyond = 0;
        while (beyond < states.size() && ends.inbox().window().covers(through + beyond + 1)) {
            beyond++;
        }
        return states.subList(0, states.size() - (int) beyond);
    }

    /// What these ends hold of messages, in words; nothing once all of them are settled.
    public static String held(Presence.Endpoint ends) {
        var held = new ArrayList<String>(inFlight(ends));
        Map<String, Integer> counts = new TreeMap<>(ends.inbox().held());
        counts.putAll(ends.sender().held());
        counts.forEach((what, count) -> {
            if (count != 0) {
                held.add(count + " " + what);
            }
        });
        return String.join(", ", held);
    }
}
