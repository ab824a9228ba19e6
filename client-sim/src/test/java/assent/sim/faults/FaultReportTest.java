package assent.sim.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A run is good only if every promise was kept.
class FaultReportTest {
    private static final long ACKNOWLEDGED = 1_000;
    private static final long SEED = 7;

    private static Summary summary(FaultReport... reports) {
        return new Summary(SEED, false, List.of(reports));
    }

    private static FaultReport with(Verdict verdict) {
        var draft = new FaultReport.Draft("kill");
        draft.struck();
        draft.add(verdict);
        return draft.done();
    }

    @Test
    void aRunThatLostNothingIsGood() {
        Summary summary = summary(with(new Verdict(ACKNOWLEDGED, 0, 0, 0, 3, 0)));

        assertThat(summary.isGood()).isTrue();
        assertThat(summary.line())
                .startsWith("acknowledged 1000, lost 0, duplicatesShown 0, inversions 0, faults 1, recovery p50 0 ms")
                .contains("seed 7");
        assertThat(summary.json()).contains("\"acknowledged\":1000", "\"lost\":0", "\"seed\":7", "\"good\":true");
    }

    @Test
    void oneTextThatIsLostOrDoubledOrOvertakenOrWithoutOutcomeSpoilsTheRun() {
        Stream.of(
                        new Verdict(ACKNOWLEDGED, 1, 0, 0, 0, 0),
                        new Verdict(ACKNOWLEDGED, 0, 1, 0, 0, 0),
                        new Verdict(ACKNOWLEDGED, 0, 0, 1, 0, 0),
                        new Verdict(ACKNOWLEDGED, 0, 0, 0, 0, 1))
                .forEach(verdict -> {
                    Summary summary = summary(with(Verdict.NOTHING), with(verdict));
                    assertThat(summary.isGood()).as("%s", verdict).isFalse();
                    assertThat(summary.line()).contains("NOT every promise was kept");
                    assertThat(summary.json()).contains("\"good\":false", "\"problems\"");
                });
    }

    @Test
    void aPromiseThatWasNotKeptSpoilsTheRunEvenIfNothingIsLost() {
        var draft = new FaultReport.Draft("fsync-eio");
        draft.expect(false, "the gateway ends within 1 s");

        assertThat(summary(draft.done()).isGood()).isFalse();
    }

    @Test
    void whatCouldNotBeRunIsSaidWithItsReason() {
        Summary summary = summary(FaultReport.skipped("packets", "it needs iptables"));

        assertThat(summary.isGood()).isTrue();
        assertThat(summary.table()).anyMatch(line -> line.contains("skipped: it needs iptables"));
        assertThat(summary.json()).contains("\"skipped\":\"it needs iptables\"");
    }
}
