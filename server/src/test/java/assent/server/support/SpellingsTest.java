package assent.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The search for secrets finds what is there: otherwise its silence would mean nothing.
class SpellingsTest {
    private static final PhoneNumber NUMBER = PhoneNumber.parse("+919812345670");
    private static final String CANARY = "the canary sings";

    @TempDir
    Path folder;

    @Test
    void aPlantedNumberIsFoundInEverySpelling() {
        Spellings number = Spellings.of(NUMBER);
        number.all()
                .forEach((name, spelling) ->
                        assertThat(number.in(amid(spelling))).as(name).contains(name));
    }

    @Test
    void aNumberIsFoundAsOtherProgramsWriteIt() {
        Spellings number = Spellings.of(NUMBER);
        for (String text : new String[] {"+919812345670", "00919812345670", "tel:09812345670"}) {
            for (String before : new String[] {"", "x", "xy"}) {
                byte[] plain = (before + text + " and more").getBytes(StandardCharsets.UTF_8);
                assertThat(number.in(plain)).isNotEmpty();
                assertThat(number.in(Base64.getEncoder().encode(plain))).isNotEmpty();
                assertThat(number.in(Base64.getUrlEncoder().encode(plain))).isNotEmpty();
            }
        }
        // 3GPP TS 23.040, clause 9.1.2.5: length, type of address, digits with their halves swapped
        byte[] address = {0x0c, (byte) 0x91, 0x19, (byte) 0x89, 0x21, 0x43, 0x65, 0x07};
        assertThat(number.in(address)).isNotEmpty();
    }

    @Test
    void aPlantedTextIsFoundInEverySpelling() {
        Spellings canary = Spellings.of(CANARY);
        canary.all()
                .forEach((name, spelling) ->
                        assertThat(canary.in(amid(spelling))).as(name).contains(name));
    }

    @Test
    void aSecretIsFoundInAFileOfASubfolderAndInAFilesName() throws Exception {
        Path inside = Files.createDirectories(folder.resolve("a/b"));
        Files.write(inside.resolve("000012.log"), amid(CANARY.getBytes(StandardCharsets.UTF_16LE)));
        Files.write(inside.resolve(CANARY), new byte[0]);

        assertThat(Spellings.of(CANARY).in(folder))
                .anyMatch(hit -> hit.startsWith("000012.log"))
                .anyMatch(hit -> hit.startsWith("a file name"));
    }

    @Test
    void chanceIsNotTakenForASecret() {
        var noise = new byte[1 << 24];
        new Random(20261122).nextBytes(noise);
        assertThat(Spellings.of(NUMBER).in(noise)).isEmpty();
        assertThat(Spellings.of(CANARY).in(noise)).isEmpty();
    }

    private static byte[] amid(byte[] spelling) {
        var noise = new byte[1_000 + spelling.length];
        new Random(spelling.length).nextBytes(noise);
        System.arraycopy(spelling, 0, noise, 501, spelling.length);
        return noise;
    }
}
