package assent.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.PhoneNumber;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoPlansTest {
    @Test
    void numbersAreNewInEachRunAndLongEnoughToBeSearchedFor() {
        var numbers = new RandomNumbers(new Random(1));
        var others = new RandomNumbers(new Random(2));
        assertThat(Stream.generate(numbers::next).limit(200).distinct()).hasSize(200);
        assertThat(numbers.next()).isNotEqualTo(others.next());
        assertThat(Stream.generate(numbers::next).limit(200).map(PhoneNumber::e164))
                .allMatch(number -> number.matches("\\+91[6-9][0-9]{9}|\\+55[0-9]{2}9[0-9]{8}"));
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 500, 5_000, 87_295})
    void aboutOneTextInEightWaitsForAPhoneThatIsAway(long count) {
        Absences plan = Absences.of(count);
        assertThat(plan.absences()).isBetween(2, 24);
        assertThat(plan.absences() * plan.textsEach()).isBetween(1, Math.toIntExact(Math.max(2, count / 7)));
    }

    @Test
    void noAbsenceFillsAMailbox() {
        assertThat(Absences.of(1_000_000_000).textsEach()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void aGatewaysOtherLinesDoNotSayThatItListens() {
        assertThat(Listening.parse("Building…")).isEmpty();
        assertThat(Listening.parse("{\"event\":\"stopping\"}")).isEmpty();
        assertThat(Listening.parse(""
                        + "{\"event\":\"listening\",\"host\":\"127.0.0.1\",\"port\":7443,"
                        + "\"certificateFile\":\"/c.pem\",\"certificateSha256\":\"ab\"}"))
                .contains(new Listening("127.0.0.1", 7443, Path.of("/c.pem"), "ab"));
    }

    @Test
    void phonesNeverKeepTheirStateInTheGatewaysFolder() {
        try (DemoFolders folders = DemoFolders.open(Optional.empty(), false)) {
            assertThat(folders.phone(1)).doesNotExist();
            assertThat(folders.phone(1).startsWith(folders.data())).isFalse();
            assertThat(folders.data()).exists();
            assertThat(folders.kept()).isEmpty();
        }
    }
}
