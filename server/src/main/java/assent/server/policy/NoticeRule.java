package assent.server.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Which notices an activation may rest on, by their versions. Immutable.
///
/// An activation stands on the notice that its user approved. If that is the notice on show, or one
/// that is still good, or if nobody is asked again, it goes on. Otherwise its user is asked to approve
/// the notice on show, and from the deadline on it is suspended until that is done. So no value of
/// this rule lets an activation go on under a notice that its user never saw.
///
/// @param current the version on show
/// @param stillGood versions whose users need not be asked again
/// @param lapsed versions whose deadline was over before this rule: suspended, whatever the deadline
/// @param deadline until when the users of all other versions are asked; empty means that they are not
///     asked
public record NoticeRule(String current, Set<String> stillGood, Set<String> lapsed, Optional<Instant> deadline) {
    public NoticeRule {
        stillGood = Set.copyOf(stillGood);
        lapsed = Set.copyOf(lapsed);
        for (String version : lapsed) {
            if (version.equals(current) || stillGood.contains(version)) {
                throw new IllegalArgumentException("the notice version '" + version
                        + "' is named as lapsed, and is on show or still good: it can be only one of them");
            }
        }
    }

    /// How an activation stands.
    public sealed interface Standing {
        /// It goes on.
        record Good() implements Standing {}

        /// It goes on until the deadline; its user is asked.
        record Asked(Instant deadline) implements Standing {}

        /// Nothing comes or goes until its user has approved the notice on show.
        ///
        /// @param deadline when it was over; 1970 if that was before this rule
        record Suspended(Instant deadline) implements Standing {}
    }

    private static final Standing GOOD = new Standing.Good();

    /// Nobody is asked: every activation goes on under the notice that its user approved.
    public static NoticeRule nobodyIsAsked(String current) {
        return new NoticeRule(current, Set.of(), Set.of(), Optional.empty());
    }

    /// How an activation stands whose user approved this version.
    public Standing standing(String version, Instant now) {
        if (lapsed.contains(version)) {
            return new Standing.Suspended(Instant.EPOCH);
        }
        if (deadline.isEmpty() || version.equals(current) || stillGood.contains(version)) {
            return GOOD;
        }
        return now.isBefore(deadline.get())
                ? new Standing.Asked(deadline.get())
                : new Standing.Suspended(deadline.get());
    }

    /// Whether an activation on this version is suspended at `at`; from the deadline itself on.
    public boolean suspends(String version, Instant at) {
        return standing(version, at) instanceof Standing.Suspended;
    }

    /// Whether this version bears no new activation: whoever approved it would be asked at once.
    public boolean isReplaced(String version, Instant now) {
        return !(standing(version, now) instanceof Standing.Good);
    }
}
