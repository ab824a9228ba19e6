package assent.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.load.work.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailIfTest {
    /// 100 texts of 1 to 100 ms, answered in twice that; 50 a second; 3 lost.
    private static RunResult run() {
        var arrival = new Histogram(3);
        var answer = new Histogram(3);
        for (int i = 1; i <= 100; i++) {
            arrival.recordValue(i * 1_000L);
            answer.recordValue(i * 2_000L);
        }
        var counts = new Counts(
                new Counts.Texts(103, 100, 0, 100, 0, 100, 0, 0),
                0,
                Map.of(),
                Map.of(),
                arrival,
                answer,
                new Histogram(3));
        return RunResult.of(
                new RunResult.Header("chat", Map.of(), Instant.EPOCH, false),
                new Measured(counts, 2, 5_000, Counts.none(), 3),
                Map.of("memoryKibPerConnection", 12.5),
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "p50>49ms, true",
        "p50>51ms, false",
        "p99<=0.1s, true",
        "p99 > 50ms, true",
        "p99.9>=99000us, true",
        "max<100ms, false",
        "answer.p50>99ms, true",
        "answer.p99.9<150ms, false",
        "rate<50, false",
        "rate<=50, true",
        "cpu>49, true",
        "lost>0, true",
        "refused>0, false",
        "faults>0, true",
        "memoryKibPerConnection>10, true"
    })
    void aConditionHoldsOrNot(String condition, boolean met) {
        assertThat(FailIf.parse(condition).isMetBy(run())).isEqualTo(met);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p99", "p99>", "p99>50", "p99=50ms", "rate<5ms", ">5", "p99>-1ms", "p99>50ms or so"})
    void whatIsNoConditionIsRefusedInWords(String text) {
        assertThatThrownBy(() -> FailIf.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void aMetricThatTheRunDoesNotHaveIsNamedWithThoseThatItHas() {
        assertThatThrownBy(() -> FailIf.parse("foo>1").isMetBy(run()))
                .hasMessageContaining("'foo'")
                .hasMessageContaining("memoryKibPerConnection");
    }
}
