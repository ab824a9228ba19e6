package assent.server.config;

import java.util.Locale;
import java.util.Optional;

/// One thing that an operator can set. Immutable.
///
/// @param path name in the file, sections first: `session.heartbeat`
/// @param byDefault the default as it is written in a file; absent for options that may stay unset
public record Option(String path, String help, Optional<String> byDefault, ValueType type) {
    static final String ENVIRONMENT_PREFIX = "ASSENT_";

    /// Name of the environment variable: `ASSENT_SESSION_HEARTBEAT`.
    public String environment() {
        return ENVIRONMENT_PREFIX + path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /// Name of the flag: `--session-heartbeat`. Secrets have none, since other users of the machine
    /// see flags.
    public Optional<String> flag() {
        return isSecret() ? Optional.empty() : Optional.of("--" + path.replace('.', '-'));
    }

    /// What stands for the value in help texts: `duration`.
    public String label() {
        return type.label();
    }

    /// What values are allowed, for people.
    public String allowed() {
        return type.expected();
    }

    boolean isSecret() {
        return type instanceof ValueType.Hidden;
    }

    /// The default without the quotes and words around it, for documents and help texts.
    public String defaultShown() {
        return byDefault
                .map(text -> type instanceof ValueType.Many ? "[" + text + "]" : text)
                .orElse("none");
    }
}
