package assent.device;

import static assent.device.Fixtures.ALICE;
import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.CAROL;
import static assent.device.Fixtures.incoming;
import static assent.device.Fixtures.outgoing;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Bytes;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [DeviceStore] promises.
abstract class DeviceStoreContract {
    private final KeyPair signingKey = KeyPair.generate();

    /// A new store.
    abstract DeviceStore create() throws Exception;

    /// The same store after it was closed.
    abstract DeviceStore reopen(DeviceStore closed) throws Exception;

    static void write(DeviceStore store, Change... changes) {
        store.write(List.of(changes)).toCompletableFuture().join();
    }

    private DeviceStore closedAndReopened(DeviceStore store) throws Exception {
        store.close().toCompletableFuture().join();
        return reopen(store);
    }

    @Test
    void aNewStoreRemembersNothing() throws Exception {
        DeviceStore store = create();

        assertThat(store.kept().standing()).isEqualTo(new Standing.NotActivated());
        assertThat(store.kept().outbox()).isEmpty();
        assertThat(store.kept().unshown()).isEmpty();
        store.close().toCompletableFuture().join();
    }

    @Test
    void whatBecomesAnSmsIsRememberedUntilTheAppHasHadIt() throws Exception {
        DeviceStore store = create();
        write(store, new Change.Activated(Fixtures.activation(ALICE, signingKey)));
        var first = outgoing(BOB, "first");
        var second = outgoing(BOB, "second");
        write(store, new Change.Sending(first), new Change.Sending(second), new Change.FellBack(first.messageId()));

        store = closedAndReopened(store);
        assertThat(store.kept().outbox()).containsExactly(second);
        assertThat(store.kept().fellBack()).containsExactly(first);
        write(store, new Change.Settled(first.messageId()));
        store = closedAndReopened(store);

        assertThat(store.kept().fellBack()).isEmpty();
        assertThat(store.kept().outbox()).containsExactly(second);
        write(store, new Change.FellBack(second.messageId()), new Change.WithdrawalAsked(Instant.now()));
        assertThat(store.kept().fellBack()).isEmpty();
        store.close().toCompletableFuture().join();
    }

    @Test
    void anActivationIsRememberedWithItsKey() throws Exception {
        DeviceStore store = create();
        var activation = Fixtures.activation(ALICE, signingKey);
        write(store, new Change.Activated(activation));

        store = closedAndReopened(store);

        assertThat(store.kept().standing()).isInstanceOfSatisfying(Standing.Activated.class, standing -> {
            assertThat(standing.activation().deviceId()).isEqualTo(activation.deviceId());
            assertThat(standing.activation().number()).isEqualTo(ALICE);
            assertThat(standing.activation().papers()).isEqualTo(activation.papers());
            assertThat(standing.activation().signingKey()).isEqualTo(signingKey.publicKey());
            assertThat(standing.activation().key().pkcs8())
                    .isEqualTo(activation.key().pkcs8());
        });
        store.close().toCompletableFuture().join();
    }

    @Test
    void aRenewalIsRememberedUntilItsReceiptOrItsRefusalAndCostsNoMessage() throws Exception {
        DeviceStore store = create();
        var activation = Fixtures.activation(ALICE, signingKey);
        var message = outgoing(BOB, "waits");
        var renewal = new PendingRenewal(Bytes.utf8("notice"), Bytes.utf8("grant"), Bytes.utf8("signature"));
        write(store, new Change.Activated(activation));
        write(store, new Change.Sending(message), new Change.Renewing(renewal));

        store = closedAndReopened(store);
        assertThat(kept(store).renewal()).contains(renewal);
        assertThat(kept(store).papers()).isEqualTo(activation.papers());
        write(store, new Change.RenewalDropped());
        store = closedAndReopened(store);
        assertThat(kept(store).renewal()).isEmpty();
        var papers = renewal.with(Bytes.utf8("receipt"), Bytes.utf8("countersigned"));
        write(store, new Change.Renewing(renewal), new Change.Renewed(papers));
        store = closedAndReopened(store);

        assertThat(kept(store).papers()).isEqualTo(papers);
        assertThat(kept(store).renewal()).isEmpty();
        assertThat(store.kept().outbox()).containsExactly(message);
        store.close().toCompletableFuture().join();
    }

    private static KeptActivation kept(DeviceStore store) {
        return ((Standing.Activated) store.kept().standing()).activation();
    }

    @Test
    void theOutboxKeepsItsOrderAndForgetsWhatHasItsResult() throws Exception {
        DeviceStore store = create();
        var first = outgoing(BOB, "first");
        var second = outgoing(BOB, "second");
        var third = outgoing(CAROL, "third");
        write(store, new Change.Sending(first), new Change.Sending(second), new Change.Sending(third));
        write(store, new Change.Settled(second.messageId()));

        store = closedAndReopened(store);

        assertThat(store.kept().outbox()).containsExactly(first, third);
        store.close().toCompletableFuture().join();
    }

    @Test
    void aQueuedMessageLeavesTheOutboxAndItsReceiptIsWaitedFor() throws Exception {
        DeviceStore store = create();
        write(store, new Change.Activated(Fixtures.activation(ALICE, signingKey)));
        var first = outgoing(BOB, "first");
        var second = outgoing(BOB, "second");
        write(store, new Change.Sending(first), new Change.Sending(second));
        var receipts = List.of(awaited(first.messageId()), awaited(second.messageId()));
        receipts.forEach(receipt -> write(store, new Change.Queued(receipt)));
        write(store, new Change.ReceiptDone(first.messageId()));

        DeviceStore reopened = closedAndReopened(store);

        assertThat(reopened.kept().outbox()).isEmpty();
        assertThat(reopened.kept().awaited()).containsExactly(receipts.get(1));
        reopened.close().toCompletableFuture().join();
    }

    @Test
    void soManyReceiptsAreWaitedForAndTheOldestAreGivenUp() throws Exception {
        DeviceStore store = create();
        var ids = IntStream.range(0, DeviceStore.AWAITED_MAX + 2)
                .mapToObj(_ -> MessageId.random())
                .toList();

        store.write(ids.stream()
                        .<Change>map(id -> new Change.Queued(awaited(id)))
                        .toList())
                .toCompletableFuture()
                .join();

        assertThat(store.kept().awaited().stream().map(AwaitedReceipt::messageId))
                .isEqualTo(ids.subList(2, ids.size()));
        store.close().toCompletableFuture().join();
    }

    @Test
    void theChoiceOfReadMarksAndTheTextsThatWaitForOneAreRemembered() throws Exception {
        DeviceStore store = create();
        write(store, new Change.Activated(Fixtures.activation(ALICE, signingKey)));
        assertThat(store.kept().readMarksAllowed()).isFalse();
        var read = asking(BOB);
        var fellBack = asking(BOB);
        var waits = asking(CAROL);
        write(store, new Change.ReadMarksAllowed(true));
        write(store, new Change.Sending(read), new Change.Sending(fellBack), new Change.Sending(waits));
        write(store, new Change.Sending(outgoing(BOB, "asks for nothing")));
        write(store, new Change.ReadDone(read.messageId()), new Change.FellBack(fellBack.messageId()));
        write(store, new Change.Settled(waits.messageId()));

        store = closedAndReopened(store);

        assertThat(store.kept().readMarksAllowed()).isTrue();
        assertThat(store.kept().unread()).containsExactly(new UnreadText(waits.messageId(), CAROL));
        assertThat(store.kept().outbox()).contains(read);
        write(store, new Change.ReadMarksAllowed(false));
        store = closedAndReopened(store);
        assertThat(store.kept().readMarksAllowed()).isFalse();
        assertThat(store.kept().unread()).isEmpty();
        write(store, new Change.ReadMarksAllowed(true));
        write(store, new Change.Activated(Fixtures.activation(BOB, signingKey)));
        assertThat(store.kept().readMarksAllowed()).isFalse();
        store.close().toCompletableFuture().join();
    }

    private static OutgoingMessage asking(PhoneNumber to) {
        var message = outgoing(to, "asks");
        return new OutgoingMessage(message.messageId(), to, message.body().wantingReadMark(), message.delivery());
    }

    @Test
    void soManyReadMarksAreWaitedForAndTheOldestAreGivenUp() throws Exception {
        DeviceStore store = create();
        var texts = IntStream.range(0, DeviceStore.UNREAD_MAX + 2)
                .mapToObj(_ -> new UnreadText(MessageId.random(), BOB))
                .toList();

        store.write(texts.stream().<Change>map(Change.Unread::new).toList())
                .toCompletableFuture()
                .join();

        assertThat(store.kept().unread()).isEqualTo(texts.subList(2, texts.size()));
        store.close().toCompletableFuture().join();
    }

    private static AwaitedReceipt awaited(MessageId id) {
        return new AwaitedReceipt(id, BOB, Instant.parse("2026-11-22T18:00:00.125Z"));
    }

    @Test
    void aReceivedMessageIsUnshownUntilTheAppHasHadIt() throws Exception {
        DeviceStore store = create();
        var shown = incoming(BOB, "shown");
        var unshown = incoming(BOB, "not shown");
        write(store, new Change.Received(shown), new Change.Received(unshown));
        store.writeSoon(new Change.Shown(BOB, shown.messageId()));

        store = closedAndReopened(store);

        assertThat(store.kept().unshown()).containsExactly(unshown);
        store.close().toCompletableFuture().join();
    }

    @Test
    void aMessageIsRecognisedFromTheMomentOfItsWriting() throws Exception {
        DeviceStore store = create();
        var message = incoming(BOB, "hello");
        var write = store.write(List.of(new Change.Received(message)));

        assertThat(store.hasReceived(BOB, message.messageId())).isTrue();
        assertThat(store.hasReceived(CAROL, message.messageId())).isFalse();
        assertThat(store.hasReceived(BOB, MessageId.random())).isFalse();

        write.toCompletableFuture().join();
        store = closedAndReopened(store);

        assertThat(store.hasReceived(BOB, message.messageId())).isTrue();
        store.close().toCompletableFuture().join();
    }

    @Test
    void aPendingWithdrawalIsRememberedAndEmptiesTheOutbox() throws Exception {
        DeviceStore store = create();
        var at = Instant.parse("2026-11-22T10:00:00Z");
        write(store, new Change.Activated(Fixtures.activation(ALICE, signingKey)));
        write(store, new Change.Sending(outgoing(BOB, "too late")), new Change.WithdrawalAsked(at));

        store = closedAndReopened(store);

        assertThat(store.kept().standing())
                .isInstanceOfSatisfying(
                        Standing.WithdrawalPending.class,
                        standing -> assertThat(standing.requestedAt()).isEqualTo(at));
        assertThat(store.kept().outbox()).isEmpty();
        store.close().toCompletableFuture().join();
    }

    @Test
    void afterErasureOnlyTheCertificateIsLeft() throws Exception {
        DeviceStore store = create();
        var message = incoming(BOB, "erase me");
        var erasure = new KeptErasure(
                signingKey.publicKey().point(), signingKey.publicKey().point(), signingKey.publicKey());
        write(store, new Change.Activated(Fixtures.activation(ALICE, signingKey)));
        write(store, new Change.Received(message), new Change.Erased(erasure));

        store = closedAndReopened(store);

        assertThat(store.kept().standing()).isEqualTo(new Standing.Withdrawn(erasure));
        assertThat(store.kept().unshown()).isEmpty();
        assertThat(store.hasReceived(BOB, message.messageId())).isFalse();
        store.close().toCompletableFuture().join();
    }

    @Test
    void aDeviceThatForgotCanBeActivatedAnew() throws Exception {
        DeviceStore store = create();
        var second = Fixtures.activation(BOB, signingKey);
        write(store, new Change.Activated(Fixtures.activation(ALICE, signingKey)));
        write(store, new Change.Forgotten());
        assertThat(store.kept().standing()).isEqualTo(new Standing.NotActivated());
        write(store, new Change.Activated(second));

        store = closedAndReopened(store);

        assertThat(store.kept().standing())
                .isInstanceOfSatisfying(
                        Standing.Activated.class,
                        standing -> assertThat(standing.activation().deviceId()).isEqualTo(second.deviceId()));
        store.close().toCompletableFuture().join();
    }

    @Test
    void asManyReceivedMessagesAsPromisedAreRecognised() throws Exception {
        DeviceStore store = create();
        var first = incoming(BOB, "the oldest");
        write(store, new Change.Received(first), new Change.Shown(BOB, first.messageId()));
        for (int i = 1; i < DeviceStore.RECEIVED_MIN; i += 1024) {
            write(store, someReceivedAndShown(Math.min(1024, DeviceStore.RECEIVED_MIN - i)));
        }

        store = closedAndReopened(store);

        assertThat(store.hasReceived(BOB, first.messageId())).isTrue();
        assertThat(store.kept().unshown()).isEmpty();
        store.close().toCompletableFuture().join();
    }

    private static Change[] someReceivedAndShown(int count) {
        var changes = new Change[2 * count];
        for (int i = 0; i < count; i++) {
            var message = incoming(BOB, "x");
            changes[2 * i] = new Change.Received(message);
            changes[2 * i + 1] = new Change.Shown(BOB, message.messageId());
        }
        return changes;
    }
}
