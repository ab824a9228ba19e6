package assent.server.store;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store remembers of messages that have left a mailbox.
public abstract class OutcomeContract extends MailboxContract {
    /// How many outcomes a mailbox remembers in a store that was opened with limits.
    protected static final int OUTCOMES_MAX = 40;

    private static final DeviceId SENDER = DeviceId.random();

    private Write.Append delivered(DeviceId anna, MessageState as) throws StoreException {
        Write.Append message = text(ANNA, BEN, SENDER, "once");
        var appended = (Write.Appended) apply(store, message);
        apply(store, new Write.Remove(anna, List.of(appended.sequence()), as));
        return message;
    }

    private boolean isDelivered(MessageId messageId, Instant at) throws StoreException {
        return store.isDelivered(ANNA, SENDER, messageId, at);
    }

    @Test
    void aDeliveredMessageIsNotPutASecondTime() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append fromQueue = delivered(anna, MessageState.DELIVERED_FROM_QUEUE);
        Write.Append atOnce = delivered(anna, MessageState.DELIVERED);

        for (int opening = 0; opening < 2; opening++) {
            assertThat(((Write.Appended) apply(store, fromQueue)).state()).isEqualTo(MessageState.DELIVERED_FROM_QUEUE);
            assertThat(((Write.Appended) apply(store, atOnce)).state()).isEqualTo(MessageState.DELIVERED);
            assertThat(texts(store, anna)).isEmpty();
            reopen();
        }
    }

    @Test
    void aMessageIsDeliveredOnceItIsTakenOutAndNotBefore() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = text(ANNA, BEN, SENDER, "wait");
        var appended = (Write.Appended) apply(store, message);
        assertThat(isDelivered(message.messageId(), NOW)).isFalse();

        apply(store, new Write.Remove(anna, List.of(appended.sequence())));

        assertThat(isDelivered(message.messageId(), NOW)).isTrue();
        assertThat(store.isDelivered(ANNA, DeviceId.random(), message.messageId(), NOW))
                .isFalse();
        assertThat(store.isDelivered(BEN, SENDER, message.messageId(), NOW)).isFalse();
        assertThat(isDelivered(MessageId.random(), NOW)).isFalse();
    }

    @Test
    void anOutcomeIsForgottenWhenTheMessageWouldHaveExpired() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = delivered(anna, MessageState.DELIVERED_FROM_QUEUE);
        Instant end = message.expiresAt();

        assertThat(apply(store, new Write.Sweep(end.minusNanos(1), 10))).isEqualTo(new Write.Swept(0));
        assertThat(isDelivered(message.messageId(), end.minusNanos(1))).isTrue();
        assertThat(isDelivered(message.messageId(), end)).isFalse();
        assertThat(apply(store, new Write.Sweep(end, 10))).isEqualTo(new Write.Swept(1));
        assertThat(apply(store, new Write.Sweep(end, 10))).isEqualTo(new Write.Swept(0));
        assertThat(isDelivered(message.messageId(), NOW)).isFalse();
    }

    @Test
    void withdrawalErasesOutcomesAndCountsOnlyWhatWaits() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = delivered(anna, MessageState.DELIVERED_FROM_QUEUE);
        apply(store, text(ANNA, BEN, SENDER, "waits"));

        var erased = (Write.Erased) apply(store, new Write.Withdraw(anna));

        assertThat(erased.messages()).isEqualTo(1);
        assertThat(isDelivered(message.messageId(), NOW)).isFalse();
        assertThat(apply(store, new Write.Sweep(message.expiresAt(), 10))).isEqualTo(new Write.Swept(0));
        activate(store, ANNA);
        assertThat(isDelivered(message.messageId(), NOW)).isFalse();
    }

    @Test
    void aNewDeviceOfTheNumberInheritsNoOutcome() throws StoreException {
        DeviceId old = activate(store, ANNA).deviceId();
        Write.Append message = delivered(old, MessageState.DELIVERED_FROM_QUEUE);

        activate(store, ANNA);

        assertThat(isDelivered(message.messageId(), NOW)).isFalse();
    }

    @Test
    void whatTheOldDeviceHadIsNotPutIntoTheNewOnesMailboxWhoeverSendsItAgain() throws StoreException {
        DeviceId old = activate(store, ANNA).deviceId();
        Write.Append delivered = delivered(old, MessageState.DELIVERED_FROM_QUEUE);
        Write.Append waiting = text(ANNA, BEN, SENDER, "for the old device");
        apply(store, waiting);
        Write.Append onItsWay = onlyFor(old, text(ANNA, BEN, SENDER, "in the old device's window"));

        DeviceId fresh = activate(store, ANNA).deviceId();
        assertThat(apply(store, onItsWay)).isEqualTo(new Write.NoMailbox());

        for (int opening = 0; opening < 2; opening++) {
            for (Write.Append again : List.of(delivered, waiting, onlyFor(fresh, onItsWay))) {
                assertThat(((Write.Appended) apply(store, again)).state()).isEqualTo(MessageState.PURGED);
                assertThat(isDelivered(again.messageId(), NOW)).isFalse();
            }
            assertThat(texts(store, fresh)).isEmpty();
            reopen();
        }
        apply(store, text(ANNA, BEN, SENDER, "for the new device"));
        assertThat(texts(store, fresh)).containsExactly("for the new device");
        activate(store, ANNA);
        assertThat(((Write.Appended) apply(store, waiting)).state()).isEqualTo(MessageState.PURGED);
    }

    @Test
    void whatWasPurgedIsForgottenWhenItWouldHaveExpired() throws StoreException {
        activate(store, ANNA);
        Write.Append message = text(ANNA, BEN, SENDER, "for the old device");
        apply(store, message);
        DeviceId fresh = activate(store, ANNA).deviceId();

        assertThat(apply(store, new Write.Sweep(message.expiresAt(), 10_000)).erased())
                .isPositive();

        assertThat(apply(store, new Write.Withdraw(fresh)))
                .isInstanceOfSatisfying(
                        Write.Erased.class,
                        erased -> assertThat(erased.messages()).isZero());
    }

    private static Write.Append onlyFor(DeviceId device, Write.Append of) {
        return new Write.Append(
                of.to(),
                Optional.of(device),
                of.messageId(),
                of.from(),
                of.fromDevice(),
                of.body(),
                of.acceptedAt(),
                of.expiresAt());
    }

    @Test
    void outcomesTakeNoRoomFromMessages() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        reopenWith(2, 1_000_000);
        for (int i = 0; i < 5; i++) {
            delivered(anna, MessageState.DELIVERED_FROM_QUEUE);
        }

        apply(store, text(ANNA, BEN, SENDER, "1"));

        assertThat(apply(store, text(ANNA, BEN, SENDER, "2"))).isInstanceOf(Write.Appended.class);
        assertThat(apply(store, text(ANNA, BEN, SENDER, "3"))).isEqualTo(new Write.MailboxFull());
        reopenWith(2, 1_000_000);
        assertThat(apply(store, text(ANNA, BEN, SENDER, "4"))).isEqualTo(new Write.MailboxFull());
    }

    @Test
    void soManyOutcomesAreRememberedAndTheOldestGoFirst() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        reopenWith(10_000, 1_000_000);
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < OUTCOMES_MAX * 2; i++) {
            ids.add(delivered(anna, MessageState.DELIVERED_FROM_QUEUE).messageId());
        }

        List<Boolean> remembered = new ArrayList<>();
        for (MessageId id : ids) {
            remembered.add(isDelivered(id, NOW));
        }

        int kept = (int) remembered.stream().filter(is -> is).count();
        assertThat(kept).isBetween(OUTCOMES_MAX * 3 / 4, OUTCOMES_MAX + 1);
        assertThat(remembered.subList(ids.size() - kept, ids.size())).containsOnly(true);
    }

    @Test
    void theLifeOfAnOutcomeIsThatOfItsMessage() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = delivered(anna, MessageState.DELIVERED_FROM_QUEUE);
        Instant later = message.expiresAt().plus(Duration.ofHours(1));
        var again = new Write.Append(
                ANNA,
                Optional.empty(),
                message.messageId(),
                BEN,
                SENDER,
                message.body(),
                later,
                later.plus(Duration.ofHours(1)));

        assertThat(((Write.Appended) apply(store, again)).state()).isEqualTo(MessageState.WAITING);
        assertThat(texts(store, anna, later)).containsExactly("once");
    }
}
