package assent.sim.demo;

import java.time.Duration;

/// How much of the unattended demo is under way at a time. Immutable.
///
/// @param unsettledMax texts of one direction whose outcome is not known yet
/// @param unshownMax texts of one direction that were not shown yet; with [#unshownBytesMax] less than
///     what a mailbox holds, so that no absence fills it
/// @param unshownBytesMax likewise, their bytes
/// @param stallMax time without anything sent or shown after which the demo gives up
/// @param settle wait after the last text for one too many
public record DemoLimits(int unsettledMax, int unshownMax, int unshownBytesMax, Duration stallMax, Duration settle) {
    public static DemoLimits standard() {
        return new DemoLimits(128, 2_000, 4 << 20, Duration.ofSeconds(60), Duration.ofMillis(500));
    }
}
