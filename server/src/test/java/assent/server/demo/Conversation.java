package assent.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A program at the other end of two pipes: types lines, waits for lines. Thread-safe.
final class Conversation {
    private static final Duration PATIENCE = Duration.ofMinutes(1); // a Java starts, on a machine that has more to do

    private final Process process;
    private final BufferedWriter keyboard;
    private final List<String> lines = new ArrayList<>(); // guarded by itself
    private int seen;

    Conversation(Process process) {
        this.process = process;
        this.keyboard = process.outputWriter();
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            // The program is gone.
        }
    }

    void type(String line) throws IOException {
        keyboard.write(line);
        keyboard.newLine();
        keyboard.flush();
    }

    /// Ends the input, as Ctrl-D does.
    void hangUp() throws IOException {
        keyboard.close();
    }

    /// Waits for a line that contains `words`, after those that were waited for before.
    String sees(String words) {
        int from = seen;
        await("a line with '" + words + "'")
                .atMost(PATIENCE)
                .until(() -> all().stream().skip(from).anyMatch(line -> line.contains(words)));
        List<String> now = all();
        for (seen = from; !now.get(seen).contains(words); seen++) {
            // a line that nobody waited for
        }
        return now.get(seen++);
    }

    List<String> all() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    void endsWith(int exitCode) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).as(String.join("\n", all())).isEqualTo(exitCode);
        assertThat(all()).as("no escape codes in a pipe").noneMatch(line -> line.indexOf('\u001b') >= 0);
    }
}
