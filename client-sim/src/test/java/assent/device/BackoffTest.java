package assent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Waits are random below a ceiling that doubles, and never above the last one.
class BackoffTest {
    private static final Duration ZERO = Duration.ZERO;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private final Random random = new Random(1);

    private Duration longestOf(int failures) {
        return IntStream.range(0, 2_000)
                .mapToObj(_ -> backoff.delay(failures, random))
                .peek(delay -> assertThat(delay).isBetween(ZERO, Duration.ofSeconds(10)))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    @Test
    void theCeilingDoublesWithEachFailure() {
        assertThat(longestOf(0)).isBetween(Duration.ofMillis(95), Duration.ofMillis(100));
        assertThat(longestOf(1)).isBetween(Duration.ofMillis(190), Duration.ofMillis(200));
        assertThat(longestOf(4)).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(1_600));
    }

    @Test
    void noWaitIsAboveTheLastCeilingHoweverManyFailures() {
        assertThat(longestOf(7)).isBetween(Duration.ofMillis(9_500), Duration.ofSeconds(10));
        assertThat(longestOf(Integer.MAX_VALUE)).isBetween(Duration.ofMillis(9_500), Duration.ofSeconds(10));
    }

    @Test
    void waitsAreSpreadOverTheWholeRange() {
        long below = IntStream.range(0, 2_000)
                .filter(_ -> backoff.delay(0, random).toMillis() < 50)
                .count();

        assertThat(below).isBetween(800L, 1_200L);
    }

    @Test
    void aTimeThatTheGatewayNamedIsNeverUndercut() {
        var named = Duration.ofSeconds(30);

        for (int i = 0; i < 1_000; i++) {
            assertThat(backoff.delayAfter(named, random)).isBetween(named, named.multipliedBy(2));
        }
    }

    @Test
    void aBackoffThatShrinksIsRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(ZERO, Duration.ofSeconds(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
