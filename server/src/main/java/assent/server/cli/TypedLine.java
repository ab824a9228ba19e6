package assent.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One line that is typed or piped in: for what must not stand on a command line, which every user of the machine can
/// read. Confined to the main thread.
interface TypedLine {
    /// @param prompt shown to people on standard error, and left out where a program writes
    /// @return without blanks around it; empty if there is none
    Optional<String> read(String prompt) throws IOException;

    /// The process's standard input.
    static TypedLine ofProcess(PrintWriter err) {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return of(lines, err, Terminal.isAt(Terminal.INPUT));
    }

    /// @param isTyped whether a person types
    static TypedLine of(BufferedReader lines, PrintWriter err, boolean isTyped) {
        return prompt -> {
            if (isTyped) {
                err.print(prompt + " ");
                err.flush();
            }
            return Optional.ofNullable(lines.readLine()).map(String::strip).filter(line -> !line.isEmpty());
        };
    }
}
