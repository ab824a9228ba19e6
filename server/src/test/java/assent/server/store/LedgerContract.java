package assent.server.store;

import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.apply;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store does with ledgers, limits that many share, and invitations.
public abstract class LedgerContract extends RenewalContract {
    private static final Duration DAY = Duration.ofDays(1);

    private static LedgerEntry entry(Ledger ledger, long number, String text) {
        return new LedgerEntry(ledger, number, Bytes.utf8(text));
    }

    private static Write.Enter policy(long number, String text) {
        return new Write.Enter(List.of(entry(Ledger.POLICY, number, text)));
    }

    @Test
    void aLedgerIsReadInTheOrderInWhichItWasWritten() throws StoreException {
        assertThat(store.lastEntry(Ledger.POLICY)).isZero();
        assertThat(store.entries(Ledger.POLICY, 1, 10, 1000)).isEmpty();

        assertThat(store.apply(List.of(policy(1, "one"), policy(2, "two"))))
                .containsExactly(new Write.Entered(), new Write.Entered());
        reopen();
        apply(store, policy(3, "three"));

        assertThat(store.lastEntry(Ledger.POLICY)).isEqualTo(3);
        assertThat(store.entries(Ledger.POLICY, 2, 10, 1000).stream().map(Bytes::toUtf8))
                .containsExactly("two", "three");
        assertThat(store.entries(Ledger.POLICY, 4, 10, 1000)).isEmpty();
    }

    @Test
    void aPageOfALedgerHasItsLimitsAndAtLeastOneEntry() throws StoreException {
        apply(store, policy(1, "one"));
        apply(store, policy(2, "two"));
        apply(store, policy(3, "three"));

        assertThat(store.entries(Ledger.POLICY, 1, 2, 1000)).hasSize(2);
        assertThat(store.entries(Ledger.POLICY, 1, 10, 1)).hasSize(1);
        assertThat(store.entries(Ledger.POLICY, 1, 10, 4)).hasSize(2);
    }

    @Test
    void ofTwoWhoWriteTheSameEntryTheSecondIsRefused() throws StoreException {
        assertThat(store.apply(List.of(policy(1, "mine"), policy(1, "yours"))))
                .containsExactly(new Write.Entered(), new Write.OutOfTurn(Ledger.POLICY, 1));
        assertThat(apply(store, policy(1, "theirs"))).isEqualTo(new Write.OutOfTurn(Ledger.POLICY, 1));
        assertThat(apply(store, policy(3, "too far"))).isEqualTo(new Write.OutOfTurn(Ledger.POLICY, 1));

        assertThat(store.entries(Ledger.POLICY, 1, 10, 1000).stream().map(Bytes::toUtf8))
                .containsExactly("mine");
    }

    @Test
    void entriesOfSeveralLedgersAreWrittenAllOrNone() throws StoreException {
        var both = new Write.Enter(List.of(
                entry(Ledger.POLICY, 1, "policy"), entry(Ledger.AUDIT, 1, "audit"), entry(Ledger.AUDIT, 2, "more")));
        assertThat(apply(store, both)).isEqualTo(new Write.Entered());

        var behind = new Write.Enter(List.of(entry(Ledger.POLICY, 2, "policy"), entry(Ledger.AUDIT, 2, "audit")));
        assertThat(apply(store, behind)).isEqualTo(new Write.OutOfTurn(Ledger.AUDIT, 2));

        assertThat(store.lastEntry(Ledger.POLICY)).isEqualTo(1);
        assertThat(store.lastEntry(Ledger.AUDIT)).isEqualTo(2);
    }

    private static Bytes subject(int which) {
        byte[] subject = new byte[32];
        Arrays.fill(subject, (byte) which);
        return Bytes.wrap(subject);
    }

    private static Write.Tally tally(int which, Instant now, int amount) {
        return new Write.Tally(subject(which), now, amount, 100, DAY);
    }

    @Test
    void aSharedLimitTakesAmountsAsLongAsAllOfOneFits() throws StoreException {
        assertThat(apply(store, tally(1, NOW, 60))).isEqualTo(new Write.Counted(40));
        assertThat(apply(store, tally(1, NOW.plusSeconds(60), 41)))
                .isEqualTo(new Write.LimitReached(DAY.minusSeconds(60)));
        reopen();
        assertThat(apply(store, tally(1, NOW, 40))).isEqualTo(new Write.Counted(0));
        assertThat(apply(store, tally(2, NOW, 100))).isEqualTo(new Write.Counted(0));
        assertThat(apply(store, tally(1, NOW.plus(DAY), 1))).isEqualTo(new Write.Counted(99));
    }

    @Test
    void aSharedLimitIsAskedWithoutCounting() throws StoreException {
        assertThat(apply(store, tally(1, NOW, 0))).isEqualTo(new Write.Counted(100));
        apply(store, tally(1, NOW, 100));

        assertThat(apply(store, tally(1, NOW, 0))).isEqualTo(new Write.LimitReached(DAY));
        assertThat(apply(store, tally(1, NOW.plus(DAY), 0))).isEqualTo(new Write.Counted(100));
    }

    @Test
    void whatIsTakenBackFromASharedLimitCanBeUsedAgain() throws StoreException {
        apply(store, tally(1, NOW, 90));

        assertThat(apply(store, new Write.Untally(subject(1), NOW, 40))).isEqualTo(new Write.Done());
        assertThat(apply(store, tally(1, NOW, 50))).isEqualTo(new Write.Counted(0));
        apply(store, new Write.Untally(subject(1), NOW, 200));
        assertThat(apply(store, tally(1, NOW, 100))).isEqualTo(new Write.Counted(0));
    }

    @Test
    void aFinishedWindowOfASharedLimitIsSwept() throws StoreException {
        apply(store, tally(1, NOW, 1));

        assertThat(apply(store, new Write.Sweep(NOW.plus(DAY), 10))).isEqualTo(new Write.Swept(1));
    }

    private static Write.HoldInvitation hold(int who, Instant now, Instant until) {
        byte[] holder = new byte[16];
        Arrays.fill(holder, (byte) who);
        return new Write.HoldInvitation(subject(7), Bytes.wrap(holder), now, until);
    }

    @Test
    void anInvitationIsHeldByOneAtATime() throws StoreException {
        Instant end = NOW.plus(DAY);

        assertThat(store.apply(List.of(hold(1, NOW, end), hold(2, NOW, end))))
                .containsExactly(new Write.Held(), new Write.HeldByAnother());
        reopen();
        assertThat(apply(store, hold(2, end.minusNanos(1), end))).isEqualTo(new Write.HeldByAnother());
        assertThat(apply(store, hold(2, end, end.plus(DAY)))).isEqualTo(new Write.Held());
    }

    @Test
    void aHolderMayHoldOnAndLetGo() throws StoreException {
        apply(store, hold(1, NOW, NOW.plus(DAY)));

        assertThat(apply(store, hold(1, NOW, NOW.plus(DAY).plus(DAY)))).isEqualTo(new Write.Held());
        assertThat(apply(store, hold(2, NOW.plus(DAY), NOW.plus(DAY)))).isEqualTo(new Write.HeldByAnother());
        assertThat(apply(store, hold(1, NOW, NOW))).isEqualTo(new Write.Held());
        assertThat(apply(store, hold(2, NOW, NOW.plus(DAY)))).isEqualTo(new Write.Held());
    }

    @Test
    void anInvitationThatIsFreeAgainIsSwept() throws StoreException {
        apply(store, hold(1, NOW, NOW.plusSeconds(1)));
        apply(store, hold(1, NOW, NOW.plus(DAY)));

        assertThat(apply(store, new Write.Sweep(NOW.plusSeconds(1), 10))).isEqualTo(new Write.Swept(0));
        assertThat(apply(store, new Write.Sweep(NOW.plus(DAY), 10))).isEqualTo(new Write.Swept(1));
    }
}
