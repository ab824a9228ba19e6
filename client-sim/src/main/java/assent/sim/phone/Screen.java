package assent.sim.phone;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a user reads and types. Lines may be shown by any thread; only one asks.
public interface Screen extends AutoCloseable {
    /// Shows one line. What came from others must have gone through [SafeText].
    void show(String line);

    /// Asks for one line and blocks until it is there.
    ///
    /// @return empty at the end of the input, or after Ctrl-C or Ctrl-D
    Optional<String> ask(String prompt);

    /// Columns to wrap to.
    int width();

    @Override
    void close();

    /// A terminal with line editing if both ends of this process are one, else plain lines without any
    /// escape code.
    static Screen open() throws IOException {
        boolean isTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        if (isTerminal && !"dumb".equals(System.getenv("TERM"))) {
            return TerminalScreen.open();
        }
        return new PlainScreen(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true));
    }
}
