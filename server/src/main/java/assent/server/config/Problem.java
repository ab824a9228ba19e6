package assent.server.config;

/// One thing that is wrong with a configuration, for people. Immutable; holds no secret.
///
/// @param where file, line and column; or the variable or flag
/// @param option path of the option or section; empty if it is the file as a whole
/// @param what what was found, and what was expected
/// @param next what to do about it
public record Problem(String where, String option, String what, String next) {
    @Override
    public String toString() {
        return where + ": " + what + ". " + next + ".";
    }
}
