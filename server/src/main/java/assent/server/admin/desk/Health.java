package assent.server.admin.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether this gateway runs, and whether it should be given devices. Thread-safe.
public final class Health {
    private final List<Check> checks;

    /// @param checks those that say whether it should be given devices
    public Health(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /// One look.
    ///
    /// @param isNeeded whether devices should go elsewhere when it is bad
    /// @param trouble what is wrong, for people; empty if nothing is
    public record Check(String name, boolean isNeeded, Supplier<Optional<String>> trouble) {}

    /// What one look found.
    public record Result(String name, boolean isGood, String detail) {}

    /// Everything that was looked at.
    public record Report(boolean isReady, List<Result> results) {}

    public Report report() {
        var results = new ArrayList<Result>();
        boolean isReady = true;
        for (Check check : checks) {
            Optional<String> trouble = check.trouble().get();
            results.add(new Result(check.name(), trouble.isEmpty(), trouble.orElse("")));
            isReady &= trouble.isEmpty() || !check.isNeeded();
        }
        return new Report(isReady, results);
    }
}
