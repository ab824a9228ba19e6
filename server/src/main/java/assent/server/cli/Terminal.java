package assent.server.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether a person is at the other end of one of the process's streams. Pure functions.
///
/// Java tells only whether standard input and output both are a terminal. Where the system shows what
/// the streams are, each is looked at by itself: so a question is asked although the answer goes
/// into a file.
final class Terminal {
    static final int INPUT = 0;
    static final int ERROR = 2;

    private static final Pattern DEVICE = Pattern.compile("/dev/(pts/[0-9]+|tty[A-Za-z0-9]*|console)");

    private Terminal() {}

    /// @param stream [#INPUT] or [#ERROR]
    static boolean isAt(int stream) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream));
            return DEVICE.matcher(target.toString()).matches();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent();
        }
    }
}
