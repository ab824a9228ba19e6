package assent.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// What the command line has around it, so that tests can bring their own. Immutable.
///
/// @param folder the working directory
record Surroundings(
        Map<String, String> environment,
        Path folder,
        PrintWriter out,
        PrintWriter err,
        Clock clock,
        ProcessSignals signals,
        TypedLine typed) {}
