package assent.server.cli;

import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Who is to be let in, and as what: a mixin of the commands that make accounts and tokens.
final class NamedRole {
    @Parameters(paramLabel = "NAME", description = "1 to 32 characters out of a-z, 0-9, '.', '_', '-'.")
    private String name = "";

    @Option(names = "--role", required = true, paramLabel = "<role>", description = "viewer, auditor or operator.")
    private String role = "";

    /// Where it is in the API.
    ///
    /// @param collection such as `/api/v1/tokens/`
    String path(String collection) {
        return collection + PathPart.of(name);
    }

    Map<String, String> body() {
        return Map.of("role", role);
    }
}
