package assent.server.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a configuration is read from. Immutable.
///
/// @param file the file that the operator named; if absent, `assent.yaml` in `folder` is read where it
///     exists
/// @param folder the working directory
/// @param environment all environment variables; those that begin with `ASSENT_` count
/// @param flags values by option path
public record ConfigSources(
        Optional<Path> file, Path folder, Map<String, String> environment, Map<String, String> flags) {
    /// Read when no file is named.
    public static final String FILE_NAME = "assent.yaml";

    public ConfigSources {
        environment = Map.copyOf(environment);
        flags = Map.copyOf(flags);
    }
}
