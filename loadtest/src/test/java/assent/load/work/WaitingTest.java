package assent.load.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingTest {
    private final Waiting waiting = new Waiting();

    @Test
    void whatWaitsComesOutInTheOrderInWhichItCame() {
        long taken = 0;
        for (long i = 0; i < 1_000; i++) {
            waiting.add(i);
            if (i % 2 == 0) {
                assertThat(waiting.take()).isEqualTo(taken++);
            }
        }

        assertThat(waiting.size()).isEqualTo(500);
        assertThat(waiting.take()).isEqualTo(500);
    }

    @Test
    void thereIsALimitOfWhatWaits() {
        for (int i = 0; i < Waiting.TEXTS_MAX; i++) {
            assertThat(waiting.add(i)).isTrue();
        }

        assertThat(waiting.add(0)).isFalse();
        assertThat(waiting.clear()).isEqualTo(Waiting.TEXTS_MAX);
        assertThat(waiting.add(0)).isTrue();
    }
}
