package assent.sim.phone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/// Plain lines, for pipes and files. Thread-safe, but for [#ask], which one thread calls.
public final class PlainScreen implements Screen {
    private static final int WIDTH = 80;

    private final BufferedReader in;
    private final PrintWriter out;

    /// Takes ownership of both.
    public PlainScreen(BufferedReader in, PrintWriter out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public void show(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    @Override
    public Optional<String> ask(String prompt) {
        if (!prompt.isBlank()) {
            show(prompt.stripTrailing());
        }
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public void close() {
        out.flush();
    }
}
