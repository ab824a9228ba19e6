package assent.server.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/// The configuration is not usable. The message lists everything that is wrong, one problem per line,
/// without secrets.
public final class ConfigException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /// Everything that was found; at least one.
    public List<Problem> problems() {
        return problems;
    }
}
