package assent.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final Drain DRAIN =
            new Drain(Duration.ofSeconds(10), 1_000, Duration.ofMillis(500), Duration.ofMillis(500));

    @Test
    void aFewPhonesAreSentAwayAtOnce() {
        assertThat(DRAIN.dueAfter(0, 3)).isZero();
        assertThat(DRAIN.dueAfter(2, 3)).isLessThan(Duration.ofMillis(5));
    }

    @Test
    void manyPhonesAreSentAwayAtTheConfiguredRate() {
        assertThat(DRAIN.dueAfter(1_000, 4_000)).isEqualTo(Duration.ofSeconds(1));
        assertThat(DRAIN.dueAfter(3_000, 4_000)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void theLastPhoneIsSentAwayInHalfOfTheTimeHoweverManyThereAre() {
        assertThat(DRAIN.dueAfter(999_999, 1_000_000)).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }
}
