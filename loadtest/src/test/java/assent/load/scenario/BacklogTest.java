package assent.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import assent.load.work.Counts;
import org.junit.jupiter.api.Test;

class BacklogTest {
    /// Texts of those who chat, a hundredth of them slow.
    private static Counts chat(long slowMicros) {
        Counts counts = Counts.none();
        counts.arrival().recordValueWithCount(500, 98);
        counts.arrival().recordValueWithCount(slowMicros, 2);
        return counts;
    }

    @Test
    void whatOthersNoticeOfTheDrainIsTheirSlowTextsOverThoseBefore() {
        var figures = Backlog.others(chat(1_000), chat(1_500));

        assertThat(figures)
                .contains(
                        entry("othersP99MillisBefore", 1.0),
                        entry("othersP99MillisDuring", 1.5),
                        entry("othersP99Ratio", 1.5),
                        entry("othersP50MillisBefore", 0.5));
    }

    @Test
    void ofNobodyWhoChatsThereIsNoRatio() {
        assertThat(Backlog.others(Counts.none(), Counts.none())).containsEntry("othersP99Ratio", 0.0);
    }
}
