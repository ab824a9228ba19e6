package assent.server.store;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.BodyType;
import assent.protocol.DeviceId;
import assent.protocol.Limits;
import assent.protocol.MessageId;
import assent.protocol.ReadMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What every store does with messages.
public abstract class MailboxContract extends ActivationContract {
    private static final DeviceId SENDER = DeviceId.random();
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aMessageReadsBackAsItWasGiven() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        byte[] bytes = new byte[Limits.BODY_BYTES_MAX];
        new Random(1).nextBytes(bytes);
        var append = new Write.Append(
                ANNA,
                Optional.empty(),
                MessageId.random(),
                BEN,
                SENDER,
                Body.wrap(BodyType.TEXT_UTF8, bytes),
                NOW,
                NOW.plus(HOUR));

        var appended = (Write.Appended) apply(store, append);

        var expected = new StoredMessage(
                appended.sequence(), append.messageId(), BEN, SENDER, append.body(), NOW, NOW.plus(HOUR));
        assertThat(appended.mailbox()).isEqualTo(anna);
        assertThat(store.messages(anna, 0, 10, 1, () -> NOW)).containsExactly(expected);
        reopen();
        assertThat(store.messages(anna, 0, 10, 1, () -> NOW)).containsExactly(expected);
    }

    @Test
    void aTextKeepsThatAReadMarkIsWantedAndAMarkStaysAMark() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        var bodies = List.of(
                Body.text("asks").wantingReadMark(),
                Body.text("asks for nothing"),
                new ReadMark(List.of(MessageId.random(), MessageId.random())).body());
        for (Body body : bodies) {
            apply(
                    store,
                    new Write.Append(
                            ANNA, Optional.empty(), MessageId.random(), BEN, SENDER, body, NOW, NOW.plus(HOUR)));
        }

        reopen();

        assertThat(store.messages(anna, 0, 10, 1 << 20, () -> NOW))
                .extracting(StoredMessage::body)
                .isEqualTo(bodies);
    }

    @Test
    void messagesOfASenderKeepTheirOrderThroughStepsAndOpenings() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        List<String> sent = new ArrayList<>();
        for (int step = 0; step < 10; step++) {
            List<Write<?>> writes = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                sent.add(step + "/" + i);
                writes.add(text(ANNA, BEN, SENDER, sent.getLast()));
            }
            store.apply(writes);
            if (step % 4 == 3) {
                reopen();
            }
        }

        assertThat(texts(store, anna)).isEqualTo(sent);
    }

    @Test
    void aMailboxIsReadInPages() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        activateAndFillNeighbour();
        for (int i = 0; i < 10; i++) {
            apply(store, text(ANNA, BEN, SENDER, "0123456789"));
        }

        List<StoredMessage> first = store.messages(anna, 0, 4, 1_000, () -> NOW);
        List<StoredMessage> rest = store.messages(anna, first.getLast().sequence(), 100, 1_000, () -> NOW);

        assertThat(first).hasSize(4);
        assertThat(rest).hasSize(6);
        assertThat(store.messages(anna, 0, 100, 25, () -> NOW)).hasSize(3);
        assertThat(store.messages(anna, 0, 100, 1, () -> NOW)).hasSize(1);
        assertThat(store.messages(anna, rest.getLast().sequence(), 100, 1_000, () -> NOW))
                .isEmpty();
    }

    private void activateAndFillNeighbour() throws StoreException {
        activate(store, BEN);
        apply(store, text(BEN, ANNA, SENDER, "for Ben"));
    }

    @Test
    void theSameMessageIsKeptOnce() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = text(ANNA, BEN, SENDER, "once");

        var within = store.apply(List.of(message, message));
        Write.AppendResult later = apply(store, message);
        reopen();
        Write.AppendResult afterReopening = apply(store, message);

        assertThat(within.get(1)).isEqualTo(within.get(0));
        assertThat(later).isEqualTo(within.get(0));
        assertThat(afterReopening).isEqualTo(within.get(0));
        assertThat(texts(store, anna)).containsExactly("once");
    }

    @Test
    void theSameMessageIdFromAnotherDeviceIsAnotherMessage() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = text(ANNA, BEN, SENDER, "one");
        var other = new Write.Append(
                ANNA,
                Optional.empty(),
                message.messageId(),
                BEN,
                DeviceId.random(),
                Body.text("two"),
                message.acceptedAt(),
                message.expiresAt());

        apply(store, message);
        apply(store, other);

        assertThat(texts(store, anna)).containsExactly("one", "two");
    }

    @Test
    void anUnknownNumberHasNoMailbox() throws StoreException {
        assertThat(apply(store, text(ANNA, BEN, SENDER, "hello"))).isEqualTo(new Write.NoMailbox());
    }

    @Test
    void acknowledgedMessagesAreTakenOut() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sequences.add(((Write.Appended) apply(store, text(ANNA, BEN, SENDER, "text " + i))).sequence());
        }

        apply(store, new Write.Remove(anna, List.of(sequences.get(0), sequences.get(3), Long.MAX_VALUE, 0L)));
        apply(store, new Write.Remove(anna, List.of(sequences.get(0))));
        apply(store, new Write.Remove(DeviceId.random(), List.of(sequences.get(1))));

        assertThat(texts(store, anna)).containsExactly("text 1", "text 2", "text 4");
        reopen();
        assertThat(texts(store, anna)).containsExactly("text 1", "text 2", "text 4");
    }

    @Test
    void aFullMailboxRefusesUntilThereIsRoom() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        reopenWith(3, 1_000_000);
        Write.Append first = text(ANNA, BEN, SENDER, "0");
        var appended = (Write.Appended) apply(store, first);

        var results = store.apply(List.of(
                text(ANNA, BEN, SENDER, "1"), text(ANNA, BEN, SENDER, "2"), text(ANNA, BEN, SENDER, "3"), first));

        assertThat(results.get(1)).isInstanceOf(Write.Appended.class);
        assertThat(results.get(2)).isEqualTo(new Write.MailboxFull());
        assertThat(results.get(3)).isEqualTo(appended);
        reopenWith(3, 1_000_000);
        assertThat(apply(store, text(ANNA, BEN, SENDER, "4"))).isEqualTo(new Write.MailboxFull());
        apply(store, new Write.Remove(anna, List.of(appended.sequence())));
        assertThat(apply(store, text(ANNA, BEN, SENDER, "5"))).isInstanceOf(Write.Appended.class);
        assertThat(texts(store, anna)).containsExactly("1", "2", "5");
    }

    @Test
    void aMailboxHoldsSoManyBytes() throws StoreException {
        activate(store, ANNA);
        reopenWith(100, 25_000);
        String long10k = "x".repeat(10_000);

        assertThat(apply(store, text(ANNA, BEN, SENDER, long10k))).isInstanceOf(Write.Appended.class);
        assertThat(apply(store, text(ANNA, BEN, SENDER, long10k))).isInstanceOf(Write.Appended.class);
        assertThat(apply(store, text(ANNA, BEN, SENDER, long10k))).isEqualTo(new Write.MailboxFull());
        assertThat(apply(store, text(ANNA, BEN, SENDER, "short"))).isInstanceOf(Write.Appended.class);
    }
}
