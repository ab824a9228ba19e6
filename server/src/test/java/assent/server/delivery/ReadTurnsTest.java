package assent.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadTurnsTest {
    private final ReadTurns turns = new ReadTurns();
    private final List<Integer> begun = new ArrayList<>();

    private boolean begin(int reader) {
        begun.add(reader);
        return true;
    }

    @Test
    void aFewReadAtATimeAndTheOthersInTheOrderOfTheirComing() {
        IntStream.range(0, ReadTurns.AT_ONCE + 2).forEach(reader -> turns.take(() -> begin(reader)));
        assertThat(begun).hasSize(ReadTurns.AT_ONCE);

        turns.done();
        assertThat(begun).hasSize(ReadTurns.AT_ONCE + 1);
        turns.done();

        assertThat(begun)
                .containsExactlyElementsOf(
                        IntStream.range(0, ReadTurns.AT_ONCE + 2).boxed().toList());
    }

    @Test
    void whoReadsOnComesBehindThoseWhoWait() {
        IntStream.range(0, ReadTurns.AT_ONCE).forEach(reader -> turns.take(() -> begin(reader)));
        turns.take(() -> begin(100));

        turns.take(() -> begin(0)); // from within its own answer
        turns.done();
        turns.done();

        assertThat(begun).endsWith(100, 0);
    }

    @Test
    void whoseTurnComesWhenItHasNothingToReadAnyMoreKeepsNobodyWaiting() {
        IntStream.range(0, ReadTurns.AT_ONCE).forEach(reader -> turns.take(() -> begin(reader)));
        IntStream.range(0, 10_000).forEach(gone -> turns.take(() -> false));
        turns.take(() -> begin(100));

        turns.done();

        assertThat(begun).endsWith(100);
    }
}
