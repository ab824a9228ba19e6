package assent.server.audit;

import java.time.Instant;
import java.util.Optional;

/// Which entries are wanted. Immutable.
///
/// @param who the operator's account
/// @param action such as `policy.change`, or how it begins: `policy.`
/// @param from entries of this time or later
/// @param until entries before this time
public record AuditFilter(
        Optional<String> who, Optional<String> action, Optional<Instant> from, Optional<Instant> until) {
    /// All of them.
    public static final AuditFilter ALL =
            new AuditFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    boolean matches(AuditEntry entry) {
        return who.filter(name -> !name.equals(entry.event().who())).isEmpty()
                && action.filter(begin -> !entry.event().action().startsWith(begin))
                        .isEmpty()
                && from.filter(at -> entry.at().isBefore(at)).isEmpty()
                && until.filter(at -> !entry.at().isBefore(at)).isEmpty();
    }
}
