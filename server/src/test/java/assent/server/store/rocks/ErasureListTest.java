package assent.server.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The list of what was erased, as text.
class ErasureListTest {
    private static final Instant START = Instant.parse("2027-01-31T02:00:00Z");

    private static ErasureList.Entry entry(int i) {
        return new ErasureList.Entry(
                START.plus(Duration.ofDays(i)),
                Bytes.fromHex("ab".repeat(31) + "0" + i),
                i % 2 == 0 ? Optional.empty() : Optional.of(Duration.ofDays(7)));
    }

    private static final ErasureList LIST =
            new ErasureList("0123456789abcdef0123456789abcdef", 5, List.of(entry(1), entry(2), entry(3)));

    private static String text() {
        return LIST.text(new ErasureList.Chain());
    }

    @Test
    void itReadsWhatItWrote() {
        assertThat(ErasureList.parse(text())).isEqualTo(LIST);
    }

    @Test
    void aLineThatACrashCutShortWasNeverConfirmedAndIsLeftOut() {
        String text = text();

        assertThat(ErasureList.parse(text.substring(0, text.length() - 1)).entries())
                .containsExactly(entry(1), entry(2));
    }

    @Test
    void aChangedCharacterAnywhereIsFound() {
        String text = text();
        for (int i = 0; i < text.length() - 1; i++) {
            char other = text.charAt(i) == '1' ? '2' : '1';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            assertThatThrownBy(() -> ErasureList.parse(changed)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aMissingLineIsFound() {
        List<String> lines = text().lines().toList();

        assertThatThrownBy(() -> ErasureList.parse(lines.get(0) + "\n" + lines.get(2) + "\n"))
                .hasMessageContaining("line 2");
    }

    @Test
    void itCoversABackupWhoseLaterErasuresAllStandInIt() {
        assertThat(LIST.covers(mark(LIST.id(), 7))).isTrue();
        assertThat(LIST.covers(mark(LIST.id(), 4))).isTrue();

        assertThat(LIST.covers(mark(LIST.id(), 8))).as("it is older").isFalse();
        assertThat(LIST.covers(mark(LIST.id(), 3))).as("entry 4 is forgotten").isFalse();
        assertThat(LIST.covers(mark("another", 7))).isFalse();
        assertThat(LIST.covers(BackupMark.withoutLog())).isFalse();
    }

    private static BackupMark mark(String id, long last) {
        return new BackupMark(id, last, START);
    }

    @Test
    void whatIsForgottenIsNotCoveredAnyMore() {
        ErasureList younger = LIST.since(START.plus(Duration.ofDays(2)));

        assertThat(younger.entries()).containsExactly(entry(2), entry(3));
        assertThat(younger.last()).isEqualTo(7);
        assertThat(younger.covers(mark(LIST.id(), 5))).isTrue();
        assertThat(younger.covers(mark(LIST.id(), 4))).isFalse();
    }
}
