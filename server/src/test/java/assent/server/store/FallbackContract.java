package assent.server.store;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store does with messages that have a deadline.
public abstract class FallbackContract extends OutcomeContract {
    private static final Instant DEADLINE = NOW.plus(Duration.ofMinutes(1));
    private static final Instant FORGOTTEN = NOW.plus(Duration.ofDays(1));
    private static final Write.FallsBack FELL_BACK = new Write.FallsBack(Optional.empty());

    /// Ben's device, once he has activated.
    private DeviceId bens = DeviceId.random();

    /// Ben writes to Anna.
    private Write.Append urgent(MessageId id, PhoneNumber to, Instant at) {
        var lifetime = new Write.Lifetime(at, FORGOTTEN, Optional.of(at.plus(Duration.ofMinutes(1))));
        return new Write.Append(to, Optional.empty(), id, BEN, bens, Body.text("urgent"), lifetime);
    }

    private Write.Append urgent() throws StoreException {
        bens = activate(store, BEN).deviceId();
        return urgent(MessageId.random(), ANNA, NOW);
    }

    private Write.FallBackResult fallBack(Write.Append message) throws StoreException {
        return apply(store, new Write.FallBack(message.to(), bens, message.messageId(), DEADLINE, message.expiresAt()));
    }

    private Write.AppendResult again(Write.Append message, Instant at) throws StoreException {
        return apply(store, urgent(message.messageId(), message.to(), at));
    }

    @Test
    void aMessageThatWaitsFallsBackAndCannotBePutThereAgain() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = urgent();
        assertThat(apply(store, message)).isInstanceOf(Write.Appended.class);

        assertThat(fallBack(message)).isEqualTo(new Write.FellBack());

        for (int opening = 0; opening < 2; opening++) {
            assertThat(texts(store, anna)).isEmpty();
            assertThat(again(message, NOW)).isEqualTo(FELL_BACK);
            assertThat(again(message, DEADLINE.minus(Duration.ofDays(3)))).isEqualTo(FELL_BACK);
            assertThat(fallBack(message)).isEqualTo(new Write.FellBack());
            reopen();
        }
    }

    @Test
    void aMessageThatComesWhileTheMailboxIsReadIsNotPassedOver() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append first = urgent();
        apply(store, first);
        boolean[] came = {false};

        // The reader's thread stands still after it has asked for the time.
        List<StoredMessage> page = store.messages(anna, 0, 10, 1 << 20, () -> {
            if (came[0]) {
                return NOW.plusMillis(1);
            }
            came[0] = true;
            comes(urgent(MessageId.random(), ANNA, NOW.plusMillis(1)));
            comes(Fixtures.text(ANNA, BEN, bens, "may wait"));
            return NOW;
        });

        long last = page.getLast().sequence();
        List<StoredMessage> next = store.messages(anna, last, 10, 1 << 20, () -> NOW.plusMillis(1));
        assertThat(page.size() + next.size()).as("messages in both readings").isEqualTo(3);
    }

    private void comes(Write.Append message) {
        try {
            apply(store, message);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aMessageThatIsNotThereFallsBackAndIsNotPutThereLater() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = urgent();

        assertThat(fallBack(message)).isEqualTo(new Write.FellBack());

        assertThat(again(message, NOW)).isEqualTo(FELL_BACK);
        assertThat(texts(store, anna)).isEmpty();
    }

    @Test
    void aMessageThatWasDeliveredStaysDelivered() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = urgent();
        long sequence = ((Write.Appended) apply(store, message)).sequence();
        assertThat(apply(store, new Write.Remove(anna, List.of(sequence))))
                .isEqualTo(new Write.Removed(List.of(sequence)));

        for (int opening = 0; opening < 2; opening++) {
            assertThat(fallBack(message)).isEqualTo(new Write.DeliveredBefore());
            assertThat(((Write.Appended) again(message, DEADLINE)).state()).isEqualTo(MessageState.DELIVERED);
            reopen();
        }
        assertThat(store.isDelivered(ANNA, bens, message.messageId(), NOW)).isTrue();
    }

    @Test
    void anAcknowledgementThatComesBehindTheDecisionRemovesNothing() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = urgent();
        long sequence = ((Write.Appended) apply(store, message)).sequence();

        List<Write.Result> results = store.apply(List.of(
                new Write.FallBack(ANNA, bens, message.messageId(), DEADLINE, FORGOTTEN),
                new Write.Remove(anna, List.of(sequence))));

        assertThat(results).containsExactly(new Write.FellBack(), new Write.Removed(List.of()));
        assertThat(store.isDelivered(ANNA, bens, message.messageId(), NOW)).isFalse();
        assertThat(again(message, NOW)).isEqualTo(FELL_BACK);
    }

    @Test
    void aNumberWithoutAMailboxFallsBackAtTheFirstDeadlineToo() throws StoreException {
        Write.Append message = urgent();

        for (int opening = 0; opening < 2; opening++) {
            assertThat(apply(store, message)).isEqualTo(new Write.FallsBack(Optional.of(DEADLINE)));
            assertThat(again(message, NOW.plusSeconds(30))).isEqualTo(new Write.FallsBack(Optional.of(DEADLINE)));
            reopen();
        }
        assertThat(again(message, DEADLINE)).isEqualTo(FELL_BACK);
        assertThat(again(message, NOW))
                .as("it was decided, so the clock may go back")
                .isEqualTo(FELL_BACK);
        assertThat(fallBack(message)).isEqualTo(new Write.FellBack());
    }

    @Test
    void aNumberThatActivatesMeanwhileDoesNotGetWhatFallsBack() throws StoreException {
        Write.Append message = urgent();
        apply(store, message);

        DeviceId anna = activate(store, ANNA).deviceId();

        assertThat(again(message, NOW)).isEqualTo(new Write.FallsBack(Optional.of(DEADLINE)));
        assertThat(texts(store, anna)).isEmpty();
    }

    @Test
    void aFullMailboxIsToASenderLikeNone() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        reopenWith(1, 1_000_000);
        Write.Append first = urgent();
        Write.Append second = urgent(MessageId.random(), ANNA, NOW);
        apply(store, first);

        assertThat(apply(store, second)).isEqualTo(new Write.FallsBack(Optional.of(DEADLINE)));

        assertThat(texts(store, anna)).hasSize(1);
        fallBack(first);
        assertThat(again(second, NOW)).isEqualTo(new Write.FallsBack(Optional.of(DEADLINE)));
    }

    @Test
    void whoAsksAgainLearnsOfTheFirstDeadline() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = urgent();
        var first = (Write.Appended) apply(store, message);
        assertThat(first.deadline()).contains(DEADLINE);

        reopen();

        assertThat(again(message, NOW.plusSeconds(30)))
                .isEqualTo(new Write.Appended(anna, first.sequence(), MessageState.WAITING, Optional.of(DEADLINE)));
    }

    @Test
    void aMessageIsInvisibleFromItsDeadlineOnAndBeforeItWasAccepted() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        apply(store, urgent());

        assertThat(texts(store, anna, NOW)).hasSize(1);
        assertThat(texts(store, anna, DEADLINE.minusNanos(1))).hasSize(1);
        assertThat(texts(store, anna, DEADLINE)).isEmpty();
        assertThat(texts(store, anna, NOW.minusNanos(1))).isEmpty();
    }

    @Test
    void whatExpiredHasFallenBackSweptOrNot() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append swept = urgent();
        Write.Append asked = urgent(MessageId.random(), ANNA, NOW.plusSeconds(1));
        apply(store, swept);
        apply(store, asked);

        assertThat(apply(store, new Write.Sweep(DEADLINE, 10))).isEqualTo(new Write.Swept(1));
        assertThat(again(asked, DEADLINE.plusSeconds(1))).isEqualTo(FELL_BACK);

        for (int opening = 0; opening < 2; opening++) {
            assertThat(again(swept, NOW)).isEqualTo(FELL_BACK);
            assertThat(again(asked, NOW)).isEqualTo(FELL_BACK);
            assertThat(texts(store, anna)).isEmpty();
            reopen();
        }
    }

    @Test
    void aDecisionIsForgottenWhenItsTimeIsOver() throws StoreException {
        activate(store, ANNA);
        Write.Append message = urgent();
        apply(store, message);
        fallBack(message);

        assertThat(apply(store, new Write.Sweep(FORGOTTEN.minusNanos(1), 10))).isEqualTo(new Write.Swept(0));
        assertThat(apply(store, new Write.Sweep(FORGOTTEN, 10))).isEqualTo(new Write.Swept(1));

        assertThat(again(message, NOW)).isInstanceOf(Write.Appended.class);
    }

    @Test
    void whatFellBackDoesNotGoWithTheRecipient() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = urgent();
        apply(store, message);
        fallBack(message);

        apply(store, new Write.Withdraw(anna));

        assertThat(again(message, NOW)).isEqualTo(FELL_BACK);
    }

    @Test
    void aTextToOneselfFallsBackLikeAnyOther() throws StoreException {
        urgent();
        Write.Append message = urgent(MessageId.random(), BEN, NOW);
        apply(store, message);
        assertThat(((Write.Appended) again(message, NOW)).state()).isEqualTo(MessageState.WAITING);

        assertThat(fallBack(message)).isEqualTo(new Write.FellBack());

        assertThat(again(message, NOW)).isEqualTo(FELL_BACK);
        assertThat(texts(store, bens)).isEmpty();
    }

    @Test
    void aSenderHasSoManyDecisionsRemembered() throws StoreException {
        activate(store, ANNA);
        reopenWith(10_000, 1_000_000);
        List<Write.Append> messages = new ArrayList<>();
        messages.add(urgent());
        for (int i = 1; i < OUTCOMES_MAX * 2; i++) {
            messages.add(urgent(MessageId.random(), ANNA, NOW));
        }
        for (Write.Append message : messages) {
            fallBack(message);
        }

        int erased = apply(store, new Write.Sweep(FORGOTTEN, 1_000)).erased();

        assertThat(erased).isBetween(OUTCOMES_MAX * 3 / 4, OUTCOMES_MAX + 1);
    }

    @Test
    void aMessageWithoutADeadlineAndOneWithHaveNothingToDoWithEachOther() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        apply(store, urgent());
        apply(store, Fixtures.text(ANNA, BEN, bens, "no hurry"));

        assertThat(texts(store, anna)).containsExactly("urgent", "no hurry");
        assertThat(apply(store, new Write.Sweep(DEADLINE, 10))).isEqualTo(new Write.Swept(1));
        assertThat(texts(store, anna, DEADLINE)).containsExactly("no hurry");
    }
}
