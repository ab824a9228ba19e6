package assent.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The grace follows the link. Time is a number here.
class GraceTest {
    private static final Duration MIN = Duration.ofMillis(10);
    private static final Duration MAX = Duration.ofMillis(250);

    private final Grace grace = new Grace(new GraceBounds(MIN, MAX));
    private long now = 1_000_000_000L;
    private long number;

    /// One message is pushed and acknowledged after so long.
    private void acknowledgedAfter(Duration time) {
        long pushed = now;
        now += time.toNanos();
        grace.acknowledged(++number, pushed, now);
    }

    private void acknowledgedAfter(int times, Duration time) {
        for (int i = 0; i < times; i++) {
            acknowledgedAfter(time);
        }
    }

    private Duration given() {
        return grace.given(0);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void aLinkThatWasNotMeasuredHasTheLongestGrace() {
        assertThat(given()).isEqualTo(MAX);
    }

    @Test
    void aFastLinkGetsAShortGraceFromItsFirstAcknowledgementOn() {
        acknowledgedAfter(millis(1));

        assertThat(given()).isEqualTo(millis(11));
    }

    @Test
    void aSteadyLinkOfSixtyMillisecondsGetsALittleMore() {
        acknowledgedAfter(50, millis(60));

        assertThat(given()).isBetween(millis(70), millis(75));
    }

    @Test
    void anUnsteadyLinkIsGivenTimeForItsJitter() {
        var random = new Random(20_261_122);
        int missed = 0;
        for (int i = 0; i < 1_000; i++) {
            Duration time = millis(40 + random.nextInt(40));
            missed += i > 10 && time.compareTo(given()) > 0 ? 1 : 0;
            acknowledgedAfter(time);
        }

        assertThat(missed).isLessThan(10);
        assertThat(given()).isLessThan(millis(140));
    }

    @Test
    void aLinkThatBecomesSlowIsFollowedAlthoughItsMessagesMissTheGrace() {
        acknowledgedAfter(50, millis(1));

        acknowledgedAfter(5, millis(150));

        assertThat(given()).isGreaterThan(millis(150));
    }

    @Test
    void aLinkThatBecomesFastAgainIsFollowed() {
        acknowledgedAfter(20, millis(150));

        acknowledgedAfter(60, millis(1));

        assertThat(given()).isLessThan(millis(15));
    }

    @Test
    void aLinkThatIsAlwaysTooSlowIsNotWaitedFor() {
        acknowledgedAfter(10, millis(400));
        assertThat(given()).isEqualTo(MIN);

        acknowledgedAfter(20, millis(60));
        assertThat(given()).isBetween(millis(70), MAX);
    }

    @Test
    void aLinkThatStandsStillIsNotWaitedForUntilItAnswers() {
        acknowledgedAfter(10, millis(60));

        assertThat(grace.given(MAX.toNanos())).isGreaterThan(millis(60));
        assertThat(grace.given(MAX.toNanos() + 1)).isEqualTo(MIN);
        assertThat(given()).isGreaterThan(millis(60));
    }

    @Test
    void anUnmeasuredLinkThatStandsStillIsNotWaitedForEither() {
        assertThat(grace.given(MAX.toNanos() + 1)).isEqualTo(MIN);
    }

    @Test
    void theGraceStaysWithinItsBounds() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            acknowledgedAfter(Duration.ofNanos(random.nextLong(2_000_000_000L)));
            assertThat(grace.given(random.nextLong(500_000_000L))).isBetween(MIN, MAX);
        }
    }

    @Test
    void whatWaitedBehindABacklogIsNotMeasured() {
        acknowledgedAfter(10, millis(1));
        Duration before = given();
        long pushedBehind = now;
        grace.disturbed(number + 100);

        now += millis(240).toNanos();
        grace.acknowledged(number + 50, pushedBehind, now); // a part of the backlog
        grace.acknowledged(number + 100, pushedBehind, now); // the rest of it
        grace.acknowledged(number + 101, pushedBehind, now); // pushed while it was there
        assertThat(given()).isEqualTo(before);

        number += 101;
        acknowledgedAfter(millis(100));
        assertThat(given()).isGreaterThan(before);
    }

    @Test
    void oneGraceForAllLinksDoesNotMove() {
        var fixed = new Grace(GraceBounds.fixed(millis(30)));
        fixed.acknowledged(1, 0, millis(200).toNanos());
        assertThat(fixed.given(0)).isEqualTo(millis(30));

        var none = new Grace(GraceBounds.fixed(Duration.ZERO));
        none.acknowledged(1, 0, millis(200).toNanos());
        assertThat(none.given(0)).isZero();
    }

    @Test
    void boundsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new GraceBounds(millis(2), millis(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GraceBounds(millis(-1), millis(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
