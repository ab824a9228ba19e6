package assent.server.delivery;

import assent.protocol.PhoneNumber;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which way a sender's messages go, so that they keep their order. Confined to the sender's event loop.
///
/// All messages to one recipient whose place in the order is not certain yet go the same way: to the
/// inbox that was found for the first of them, or to the store. Only when the last of them has its
/// place is the way chosen anew. So a message can never overtake an earlier one by another way. An
/// inbox that has closed meanwhile passes on to the store in the order in which it was given.
///
/// It holds no more than the session may have in flight.
final class Ways {
    private final Map<PhoneNumber, Way> ways = new HashMap<>();

    private static final class Way {
        final Optional<Inbox> inbox;
        int messages;

        Way(Optional<Inbox> inbox) {
            this.inbox = inbox;
        }
    }

    /// The way of one more message: to an inbox, or if empty to the store.
    Optional<Inbox> take(PhoneNumber to, Function<PhoneNumber, Optional<Inbox>> choice) {
        Way way = ways.computeIfAbsent(to, key -> new Way(choice.apply(key)));
        way.messages++;
        return way.inbox;
    }

    /// To how many numbers messages are on their way.
    int size() {
        return ways.size();
    }

    /// One message that took it has its place.
    void leave(PhoneNumber to) {
        Way way = ways.get(to);
        if (way != null && --way.messages == 0) {
            ways.remove(to);
        }
    }
}
