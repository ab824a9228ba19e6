package assent.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// Which gateway a device goes to next, and after what wait. Each device has the list in an order of its own,
/// so that those of a gateway that stops spread over all the others.
///
/// | the connection ended since | next gateway | wait |
/// |---|---|---|
/// | it could not be made, was cut, fell silent, or was not to be trusted | the next of the list | backoff, which grows
/// when all of the list have failed |
/// | the gateway stops, has too much to do, fails or cannot reach its store, and said when to come | the next of the
/// list | as the gateway said, and up to as much again |
/// | anything else | the same | as above |
///
/// Confined to its device's event loop.
final class Itinerary {
    private final List<GatewayAddress> gateways;
    private final Backoff backoff;
    private int at;
    private int failures;

    Itinerary(DeviceConfig config, RandomGenerator random) {
        var shuffled = new ArrayList<>(config.gateways());
        Collections.shuffle(shuffled, java.util.Random.from(random));
        this.gateways = List.copyOf(shuffled);
        this.backoff = config.backoff();
    }

    /// Where to connect now.
    GatewayAddress gateway() {
        return gateways.get(at);
    }

    /// A connection has been good for long: the waits begin anew.
    void wasGood() {
        failures = 0;
    }

    /// A connection has ended, or was never made.
    void ended(Disconnection why) {
        if (isForTheNext(why)) {
            at = (at + 1) % gateways.size();
        }
    }

    /// How long to wait before the next attempt, after [#ended].
    Duration waitAfter(Disconnection why, RandomGenerator random) {
        int rounds = failures++ / gateways.size();
        return why instanceof Disconnection.Goodbye(var _, var retryAfter) && retryAfter.isPresent()
                ? backoff.delayAfter(retryAfter.get(), random)
                : backoff.delay(rounds, random);
    }

    private static boolean isForTheNext(Disconnection why) {
        return switch (why) {
            case Disconnection.Unreachable _, Disconnection.Lost _, Disconnection.Silent _ -> true;
            case Disconnection.Untrusted _, Disconnection.ProtocolBroken _ -> true;
            case Disconnection.Goodbye(var reason, var _) ->
                switch (reason) {
                    case SHUTTING_DOWN, OVERLOADED, STORE_UNAVAILABLE, INTERNAL -> true;
                    default -> false;
                };
            case Disconnection.Asked _ -> false;
        };
    }
}
