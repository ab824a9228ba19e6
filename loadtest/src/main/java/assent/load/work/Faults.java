package assent.load.work;

import assent.load.driver.LineEvents;
import java.util.ArrayList;
import java.util.List;

/// What must not happen under load, in words.
public final class Faults {
    private Faults() {}

    /// @param lost texts that were not done at the end
    /// @return empty if nothing was lost, refused, changed, repeated or cut
    public static List<String> of(Counts counts, long lost) {
        var faults = new ArrayList<String>();
        if (lost > 0) {
            faults.add(lost + " texts lost");
        }
        counts.refused().forEach((reason, count) -> faults.add(count + " texts refused (" + reason + ")"));
        counts.ended().forEach((reason, count) -> {
            if (!reason.equals(LineEvents.ASKED)) {
                faults.add(count + " connections ended (" + reason + ")");
            }
        });
        if (counts.texts().wrong() > 0) {
            faults.add(counts.texts().wrong() + " texts arrived changed or out of order");
        }
        if (counts.texts().duplicates() > 0) {
            faults.add(counts.texts().duplicates() + " texts arrived twice");
        }
        return List.copyOf(faults);
    }
}
