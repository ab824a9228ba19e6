package assent.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.server.policy.NoticeRule.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoticeRuleTest {
    private static final Instant DEADLINE = Instant.parse("2027-01-31T00:00:00Z");
    private static final List<String> VERSIONS = List.of("1", "2", "3", "4");
    private static final List<Instant> TIMES = List.of(
            Instant.EPOCH,
            DEADLINE.minusNanos(1),
            DEADLINE,
            DEADLINE.plusNanos(1),
            DEADLINE.plus(Duration.ofDays(9_999)));

    /// Every rule over the versions: each of the older ones is still good, lapsed or neither.
    private static List<NoticeRule> everyRule() {
        var rules = new ArrayList<NoticeRule>();
        for (Optional<Instant> deadline : List.of(Optional.<Instant>empty(), Optional.of(DEADLINE))) {
            for (int choice = 0; choice < 27; choice++) {
                var good = new ArrayList<String>();
                var lapsed = new ArrayList<String>();
                int rest = choice;
                for (String version : VERSIONS.subList(0, 3)) {
                    if (rest % 3 == 1) {
                        good.add(version);
                    } else if (rest % 3 == 2) {
                        lapsed.add(version);
                    }
                    rest /= 3;
                }
                rules.add(new NoticeRule("4", Set.copyOf(good), Set.copyOf(lapsed), deadline));
            }
        }
        return rules;
    }

    @Test
    void anActivationGoesOnOnlyIfItsNoticeIsGoodNobodyAsksOrTheDeadlineIsNotOver() {
        for (NoticeRule rule : everyRule()) {
            for (String version : VERSIONS) {
                for (Instant now : TIMES) {
                    boolean good = version.equals("4") || rule.stillGood().contains(version);
                    boolean asked = rule.deadline().isPresent();
                    boolean over = !asked || !now.isBefore(DEADLINE);
                    boolean mayGoOn = !rule.lapsed().contains(version) && (good || !asked || !over);
                    assertThat(rule.suspends(version, now))
                            .as("%s, version %s at %s", rule, version, now)
                            .isEqualTo(!mayGoOn);
                }
            }
        }
    }

    @Test
    void whoMayGoOnUnderAnOlderNoticeForAWhileIsAsked() {
        var rule = new NoticeRule("2", Set.of(), Set.of(), Optional.of(DEADLINE));

        assertThat(rule.standing("1", DEADLINE.minusNanos(1))).isEqualTo(new Standing.Asked(DEADLINE));
        assertThat(rule.standing("1", DEADLINE)).isEqualTo(new Standing.Suspended(DEADLINE));
        assertThat(rule.standing("2", DEADLINE)).isEqualTo(new Standing.Good());
    }

    @Test
    void aNoticeOfAnyNameBearsAnActivationIfNobodyIsAsked() {
        assertThat(NoticeRule.nobodyIsAsked("2").standing("1", DEADLINE)).isEqualTo(new Standing.Good());
    }

    @Test
    void aLaterDeadlineGivesNoNewTimeToWhoeverLetTheFirstOnePass() {
        var rule = new NoticeRule("3", Set.of(), Set.of("1"), Optional.of(DEADLINE));

        assertThat(rule.suspends("1", Instant.EPOCH)).isTrue();
        assertThat(rule.suspends("2", Instant.EPOCH)).isFalse();
    }

    @Test
    void aVersionIsEitherGoodOrLapsed() {
        assertThatThrownBy(() -> new NoticeRule("2", Set.of("1"), Set.of("1"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'1'");
        assertThatThrownBy(() -> new NoticeRule("2", Set.of(), Set.of("2"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'2'");
    }
}
