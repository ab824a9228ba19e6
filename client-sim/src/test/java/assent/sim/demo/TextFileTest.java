package assent.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFileTest {
    @TempDir
    private Path folder = Path.of("");

    private List<String> read(int count, String content) throws IOException {
        return read(count, content.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> read(int count, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("texts"), content);
        try (var texts = new TextFile(TextFile.Source.of(file))) {
            return Stream.generate(texts::next).limit(count).toList();
        }
    }

    @Test
    void plainLinesAreTextsAsTheyStand() throws Exception {
        assertThat(read(3, "one\\n \n\n  two\u00a0\r\n三 👋")).containsExactly("one\\n ", "  two\u00a0", "三 👋");
    }

    @Test
    void afterTheLastTextTheFirstFollows() throws Exception {
        assertThat(read(5, "a\nb\n")).containsExactly("a", "b", "a", "b", "a");
    }

    @Test
    void theFourthColumnIsTheTextAndTheHeaderIsNone() throws Exception {
        assertThat(read(3, "# lang\tcountry\tsender\ttext\nen\tSG\t51\tHi\nzh\tCN\t2\t你好\n"))
                .containsExactly("Hi", "你好", "Hi");
    }

    @Test
    void fourColumnsNeedNoHeader() throws Exception {
        assertThat(read(2, "en\tSG\t51\ta\\tb\\nc\\\\n\nen\tSG\t51\td")).containsExactly("a\tb\nc\\n", "d");
    }

    @Test
    void aTabInPlainLinesIsPartOfTheText() throws Exception {
        assertThat(read(2, "a\tb\nen\tSG\t1\tx")).containsExactly("a\tb", "en\tSG\t1\tx");
    }

    @ParameterizedTest
    @CsvSource({
        "'# lang\ta\tb\tc\nen\tSG\t1\n', 'line 2 has 3 columns'",
        "'# lang\ta\tb\tc\nen\tSG\t1\t\\x\n', 'line 2 has a backslash'",
        "'# lang\ta\tb\tc\nen\tSG\t1\tend\\\n', 'line 2 has a backslash'",
        "'\n\n', 'holds no text'",
        "'# lang\ta\tb\tc\n', 'holds no text'",
    })
    void aWrongFileIsRefusedWithItsLine(String content, String words) {
        assertThatThrownBy(() -> read(1, content))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining(words);
    }

    @Test
    void whatIsNotUtf8IsRefusedRatherThanReplaced() {
        assertThatThrownBy(() -> read(2, new byte[] {'a', '\n', (byte) 0xc3, '('}))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("line 2 is not UTF-8");
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() {
        assertThatThrownBy(() -> read(1, "x".repeat(70_000)))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void theBuiltInTextsAreThere() throws Exception {
        try (var texts = new TextFile(TextFile.Source.builtIn())) {
            assertThat(Stream.generate(texts::next).limit(200).distinct()).hasSizeGreaterThan(100);
        }
    }
}
