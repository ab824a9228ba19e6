package assent.sim.demo;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Texts out of a file, read as they are needed, and from the start again after the last.
///
/// A file has one text a line in UTF-8, or is tab-separated: language, country, sender, text, where
/// `\\`, `\t` and `\n` stand for a backslash, a tab and a line feed. It is tab-separated if it begins
/// with `# lang`, or if its first line has four columns. Empty lines are passed over.
///
/// Confined to one thread.
public final class TextFile implements Closeable {
    private static final String HEADER = "# lang";
    private static final int COLUMNS = 4;
    private static final int LINE_BYTES_MAX = 64 * 1024;

    private final Source source;
    private @Nullable InputStream in;
    private boolean tabbed;
    private long line;
    private boolean foundAny;

    /// Where texts come from.
    ///
    /// @param name as errors name it
    /// @param opener opens it from its start
    public record Source(String name, Opener opener) {
        public static Source of(Path file) {
            return new Source(file.toString(), () -> Files.newInputStream(file));
        }

        /// The texts that come with Assent.
        public static Source builtIn() {
            return new Source(
                    "the built-in texts",
                    () -> Objects.requireNonNull(TextFile.class.getResourceAsStream("/assent/sim/sample-texts.txt")));
        }
    }

    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    public TextFile(Source source) {
        this.source = source;
    }

    /// The next text.
    ///
    /// @throws DemoFailure if the file cannot be read, is not UTF-8, or holds no text
    public String next() {
        try {
            while (true) {
                Optional<String> read = readLine();
                if (read.isPresent()) {
                    Optional<String> text = text(read.get());
                    if (text.isPresent()) {
                        foundAny = true;
                        return text.get();
                    }
                } else if (foundAny) {
                    close();
                } else {
                    throw new DemoFailure(source.name() + " holds no text. Expected one text a line");
                }
            }
        } catch (IOException e) {
            throw new DemoFailure(source.name() + " cannot be read: " + e, e);
        }
    }

    private Optional<String> text(String content) {
        if (line == 1) {
            tabbed = content.startsWith(HEADER) || content.split("\t", -1).length == COLUMNS;
            if (content.startsWith(HEADER)) {
                return Optional.empty();
            }
        }
        if (content.isEmpty()) {
            return Optional.empty();
        }
        return tabbed
                ? Optional.of(unescape(lastColumn(content))).filter(text -> !text.isEmpty())
                : Optional.of(content);
    }

    private String lastColumn(String content) {
        String[] columns = content.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw wrong("has " + columns.length + " columns; expected " + COLUMNS + ", separated by tabs");
        }
        return columns[COLUMNS - 1];
    }

    private String unescape(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        var text = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            text.append(c == '\\' ? unescape(++i < escaped.length() ? escaped.charAt(i) : ' ') : c);
        }
        return text.toString();
    }

    private char unescape(char code) {
        return switch (code) {
            case '\\' -> '\\';
            case 't' -> '\t';
            case 'n' -> '\n';
            default -> throw wrong("has a backslash without one of \\, t and n after it; write \\\\ for a backslash");
        };
    }

    private Optional<String> readLine() throws IOException {
        InputStream from = opened();
        int next = from.read();
        if (next < 0) {
            return Optional.empty();
        }
        line++;
        var bytes = new ByteArrayOutputStream(256);
        while (next >= 0 && next != '\n') {
            if (bytes.size() == LINE_BYTES_MAX) {
                throw wrong("is longer than " + LINE_BYTES_MAX + " bytes; break it up");
            }
            bytes.write(next);
            next = from.read();
        }
        return Optional.of(withoutReturn(decode(bytes.toByteArray())));
    }

    private InputStream opened() throws IOException {
        InputStream open = in;
        if (open == null) {
            open = new BufferedInputStream(source.opener().open(), LINE_BYTES_MAX);
            in = open;
            line = 0;
        }
        return open;
    }

    private String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong("is not UTF-8; convert the file, for instance with iconv");
        }
    }

    private static String withoutReturn(String content) {
        return content.endsWith("\r") ? content.substring(0, content.length() - 1) : content;
    }

    private DemoFailure wrong(String what) {
        return new DemoFailure(source.name() + ": line " + line + " " + what);
    }

    /// Lets go of the file; [#next] would begin anew.
    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
            in = null;
        }
    }
}
