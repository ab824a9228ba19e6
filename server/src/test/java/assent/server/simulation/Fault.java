package assent.server.simulation;

import java.util.List;
import java.util.stream.Stream;

/// What goes wrong.
enum Fault {
    /// A connection is reset; what is on its way may or may not arrive.
    CUT,
    /// Nothing arrives any more, and only the phone notices soon.
    BLACKHOLE,
    /// A phone connects anew while its old connection lives.
    HOP,
    /// A phone is away for a while.
    AWAY,
    /// A phone does not read for a while.
    STALL,
    /// The gateway dies at once, and with it what is not synced.
    CRASH,
    /// The gateway stops in good order.
    STOP,
    /// The next step finds no room.
    DISK_FULL,
    /// A sync fails: the gateway ends.
    SYNC_FAILS,
    /// Syncs take long for a while.
    DISK_SLOW,
    /// Nothing can be read for a while.
    READS_FAIL;

    /// About half of them.
    static List<Fault> some(Dice dice) {
        return Stream.of(values()).filter(fault -> dice.oneIn(2)).toList();
    }
}
