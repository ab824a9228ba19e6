package assent.server.doctor;

/// What a look at one thing has shown. Immutable; holds no personal data.
///
/// @param what is the case, with its figures
/// @param next what to do about it; empty if nothing needs to be done
public record Finding(Verdict verdict, String what, String next) {
    /// How bad it is.
    public enum Verdict {
        GOOD,
        /// Serves, but not as it could, or not for long.
        WARNING,
        /// Does not serve, or loses something that was promised.
        BAD
    }

    public static Finding good(String what) {
        return new Finding(Verdict.GOOD, what, "");
    }

    public static Finding warning(String what, String next) {
        return new Finding(Verdict.WARNING, what, next);
    }

    public static Finding bad(String what, String next) {
        return new Finding(Verdict.BAD, what, next);
    }
}
