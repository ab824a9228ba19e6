package assent.server.config;

/// Where a value came from.
public sealed interface Origin {
    /// The default: nobody set it.
    record Default() implements Origin {}

    /// A place in the configuration file; line and column count from 1.
    record File(String name, int line, int column) implements Origin {}

    record Environment(String variable) implements Origin {}

    record Flag(String name) implements Origin {}

    /// The place, as error messages begin and tables say.
    default String shown() {
        return switch (this) {
            case Default _ -> "default";
            case File file -> file.name() + ":" + file.line() + ":" + file.column();
            case Environment environment -> environment.variable();
            case Flag flag -> flag.name();
        };
    }
}
