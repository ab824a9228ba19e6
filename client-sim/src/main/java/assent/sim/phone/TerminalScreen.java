package assent.sim.phone;

import java.io.IOException;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// A terminal with line editing; what is shown while the user types goes above the line. Thread-safe,
/// but for [#ask], which one thread calls.
final class TerminalScreen implements Screen {
    private static final int WIDTH_MIN = 40;
    private static final int WIDTH_MAX = 100;

    private final Terminal terminal;
    private final LineReader reader;

    private TerminalScreen(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    static TerminalScreen open() throws IOException {
        Terminal terminal = TerminalBuilder.builder().system(true).build();
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                // What is typed here is personal: it is kept for the arrow keys, and in no file.
                .variable(LineReader.HISTORY_SIZE, 100)
                .build();
        return new TerminalScreen(terminal, reader);
    }

    @Override
    public void show(String line) {
        reader.printAbove(line);
    }

    @Override
    public Optional<String> ask(String prompt) {
        try {
            return Optional.of(reader.readLine(prompt));
        } catch (UserInterruptException | EndOfFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public int width() {
        int columns = terminal.getSize().getColumns();
        return columns <= 0 ? WIDTH_MAX : Math.clamp(columns, WIDTH_MIN, WIDTH_MAX);
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            // The terminal is gone already.
        }
    }
}
