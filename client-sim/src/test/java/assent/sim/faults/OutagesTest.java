package assent.sim.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A fault explains what it may have done, and nothing else.
class OutagesTest {
    private static final long MINUTE = 60_000_000_000L;

    private final Outages outages = new Outages();

    @Test
    void aGatewaysDeathExplainsTextsUnderWayWhoseSenderLostItsConnection() {
        long before = System.nanoTime();
        outages.gatewayDies();
        long after = System.nanoTime();

        assertThat(outages.mayHaveTakenNews(before, after, true)).isTrue();
        assertThat(outages.mayHaveTakenNews(before, after, false)).isFalse();
        assertThat(outages.mayHaveTakenNews(before - 2, before - 1, true)).isFalse();
        assertThat(outages.mayHaveTakenNews(after + 1, after + 2, true)).isFalse();
    }

    @Test
    void aStoreThatFailsExplainsTextsUnderWayUntilAWhileAfterIt() {
        long before = System.nanoTime();
        Outages.Outage outage = outages.storeFails();
        assertThat(outages.mayHaveTakenNews(before + MINUTE, before + 2 * MINUTE, false))
                .isTrue();
        outage.close();
        long after = System.nanoTime();

        assertThat(outages.mayHaveTakenNews(before, after, false)).isTrue();
        assertThat(outages.mayHaveTakenNews(after, after + MINUTE, false)).isTrue();
        assertThat(outages.mayHaveTakenNews(before - 2, before - 1, false)).isFalse();
        assertThat(outages.mayHaveTakenNews(after + MINUTE, after + 2 * MINUTE, false))
                .isFalse();
    }
}
