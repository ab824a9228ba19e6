package assent.sim.demo;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.PhoneNumber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SearchTest {
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+5511987654321");
    private static final String CANARY = "the canary sings at midnight 午夜";
    private static final Search SEARCH = new Search(List.of(NUMBER), List.of(CANARY));

    @TempDir
    private Path folder = Path.of("");

    static Stream<Arguments> spellings() {
        Stream<Arguments> plain = Stream.of("+5511987654321", "5511987654321", "11987654321", "005511987654321", CANARY)
                .flatMap(text -> Stream.of(UTF_8, UTF_16LE, UTF_16BE)
                        .flatMap(charset -> IntStream.rangeClosed(0, 3)
                                .mapToObj(shift -> Arguments.of(
                                        text + " in " + charset + (shift < 3 ? ", base64 at " + shift : ""),
                                        shift < 3 ? base64(text.getBytes(charset), shift) : text.getBytes(charset)))));
        Stream<Arguments> packed = Stream.of("551189674523f1", "55119876543210", "55 11 98 76 54 32 1f", "1189674523f1")
                .map(hex -> Arguments.of("packed as " + hex, HexFormat.of().parseHex(hex.replace(" ", ""))));
        return Stream.concat(plain, packed);
    }

    private static byte[] base64(byte[] bytes, int shift) {
        var around = new ByteArrayOutputStream();
        around.write(new byte[] {(byte) 0x3f, 0x7e, 7}, 0, shift);
        around.writeBytes(bytes);
        around.write('!');
        return Base64.getEncoder().encode(around.toByteArray());
    }

    private void write(byte[] spelling, int before) throws IOException {
        byte[] noise = new byte[before + 1_000];
        new Random(1).nextBytes(noise);
        var file = new ByteArrayOutputStream();
        file.write(noise, 0, before);
        file.writeBytes(spelling);
        file.write(noise, before, 1_000);
        Files.write(folder.resolve("file"), file.toByteArray());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void everySpellingIsFound(String name, byte[] spelling) throws Exception {
        write(spelling, 777);
        assertThat(SEARCH.in(folder).hits()).hasSize(1).first().asString().startsWith("file: ");
    }

    @Test
    void whatLiesAcrossTwoPiecesIsFound() throws Exception {
        for (int before = (1 << 20) - 5; before < (1 << 20) + 400; before += 7) {
            write("+5511987654321".getBytes(UTF_8), before);
            assertThat(SEARCH.in(folder).hits())
                    .as("after " + before + " bytes")
                    .hasSize(1);
        }
    }

    @Test
    void anotherNumberAndNoiseAreNotFound() throws Exception {
        write("+5511987654320 the canary sings at noon".getBytes(UTF_8), 3 << 20);
        Search.Found found = SEARCH.in(folder);
        assertThat(found.hits()).isEmpty();
        assertThat(found.files()).isEqualTo(1);
        assertThat(found.bytes()).isEqualTo(Files.size(folder.resolve("file")));
    }

    @Test
    void aFilesNameIsSearchedTooAndFoldersInFolders() throws Exception {
        Path inner = Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(inner.resolve("5511987654321.json"), "{}");
        assertThat(SEARCH.in(folder).hits()).hasSize(1);
    }
}
