package assent.load.work;

import assent.sim.demo.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The texts that are sent. Both sides of a pair know which text has which number, so that each arrival
/// is checked byte by byte without anything being added to it. Immutable.
final class Texts {
    private static final int TEXTS_MAX = 20_000;
    private static final long STRIDE = 7_919;

    private final byte[][] texts;

    private Texts(byte[][] texts) {
        this.texts = texts;
    }

    /// @param file texts, one a line or tab-separated; without it, different ones of `bytes` ASCII
    ///     characters
    static Texts of(Optional<Path> file, int bytes) {
        return file.map(Texts::fromFile).orElseGet(() -> made(bytes));
    }

    private static Texts fromFile(Path file) {
        var texts = new byte[TEXTS_MAX][];
        try (var source = new TextFile(TextFile.Source.of(file))) {
            for (int i = 0; i < texts.length; i++) {
                texts[i] = source.next().getBytes(StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be closed", e);
        }
        return new Texts(texts);
    }

    private static Texts made(int bytes) {
        var texts = new byte[Math.max(1, Math.min(TEXTS_MAX / 20, bytes * bytes))][];
        for (int i = 0; i < texts.length; i++) {
            var text = new byte[bytes];
            Arrays.fill(text, (byte) 'x');
            for (int at = 0, rest = i; at < bytes && rest > 0; at++, rest /= 26) {
                text[at] = (byte) ('a' + rest % 26);
            }
            texts[i] = text;
        }
        return new Texts(texts);
    }

    byte[] of(int pair, long number) {
        return texts[(int) Math.floorMod(pair * STRIDE + number, (long) texts.length)];
    }
}
