package assent.server.cli;

/// What the process ends with; `docs/operations.md` lists them.
final class ExitCode {
    static final int OK = 0;

    /// The gateway could not start, could not go on, or could not stop in time; or what it was asked failed.
    static final int FAILURE = 1;

    /// The command line or the configuration is wrong.
    static final int USAGE = 2;

    /// No gateway answers where one was asked for.
    static final int UNREACHABLE = 3;

    private ExitCode() {}
}
