package assent.server.store.rocks;

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
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.store.Store;
import assent.server.store.StoreContract;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.Write;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The embedded store keeps the contract.
class RocksStoreTest extends StoreContract {
    @TempDir
    private Path folder = Path.of("");

    private final Keys keys = Keys.ephemeral();

    @Override
    protected Store open() throws StoreException {
        return RocksStore.open(folder, keys, RocksConfig.DEFAULTS);
    }

    @Override
    protected void damageActivationOf(PhoneNumber number) throws Exception {
        change(Table.ACTIVATION, keys.macOf(number).toArray(), new byte[] {99, 0, 0});
    }

    private void change(Table table, byte[] key, byte[] value) throws Exception {
        try (Database database = Database.open(folder, RocksConfig.DEFAULTS);
                var batch = new Batch(database)) {
            assertThat(batch.get(table, key)).isPresent();
            batch.put(table, key, value);
            batch.commit();
        }
    }

    @Test
    void oneDamagedRowDoesNotKeepTheOthersFromExpiring() throws Exception {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append damaged = text(ANNA, BEN, DeviceId.random(), "damaged");
        apply(store, damaged);
        apply(store, text(ANNA, BEN, DeviceId.random(), "sound"));
        store.close();
        change(Table.SENT, SentRow.key(anna, damaged.fromDevice(), damaged.messageId()), new byte[] {99, 0, 0});
        store = open();

        Instant end = NOW.plus(Duration.ofDays(1));

        assertThat(apply(store, new Write.Sweep(end, 10))).isEqualTo(new Write.Swept(1));
        assertThat(apply(store, new Write.Sweep(end, 10))).isEqualTo(new Write.Swept(0));
    }

    @Test
    void aMessageThatCannotBeReadExpiresLikeTheOthers() throws Exception {
        DeviceId anna = activate(store, ANNA).deviceId();
        var damaged = (Write.Appended) apply(store, text(ANNA, BEN, DeviceId.random(), "damaged"));
        store.close();
        byte[] key = MessageRow.key(anna, damaged.sequence());
        change(Table.MAILBOX, key, new byte[MessageRow.HEADER_BYTES]);
        store = open();

        assertThat(apply(store, new Write.Sweep(NOW.plus(Duration.ofDays(1)), 10)))
                .isEqualTo(new Write.Swept(1));
        assertThat(((RocksStore) store).database().get(Table.MAILBOX, key)).isEmpty();
    }

    @Test
    void aMessageOfAnEarlierVersionLeavesAnOutcomeThatExpires() throws Exception {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append append = text(ANNA, BEN, DeviceId.random(), "filed by itself");
        var appended = (Write.Appended) apply(store, append);
        store.close();
        fileByItself(anna, append, appended.sequence());
        store = open();

        apply(store, new Write.Remove(anna, List.of(appended.sequence())));
        boolean known = store.isDelivered(ANNA, append.fromDevice(), append.messageId(), NOW);
        apply(store, new Write.Sweep(NOW.plus(Duration.ofDays(1)), 10));

        byte[] sentKey = SentRow.key(anna, append.fromDevice(), append.messageId());
        assertThat(known).isTrue();
        assertThat(((RocksStore) store).database().get(Table.SENT, sentKey)).isEmpty();
    }

    /// As the rows were when a waiting message had an entry of its own in the expiry index.
    private void fileByItself(DeviceId mailbox, Write.Append append, long sequence) throws Exception {
        byte[] key = MessageRow.key(mailbox, sequence);
        byte[] sentKey = SentRow.key(mailbox, append.fromDevice(), append.messageId());
        try (Database database = Database.open(folder, RocksConfig.DEFAULTS);
                var batch = new Batch(database)) {
            byte[] row = batch.get(Table.MAILBOX, key).orElseThrow();
            byte[] entry =
                    SentRow.decode(batch.get(Table.SENT, sentKey).orElseThrow()).expiryKey(sentKey);
            row[0] = 1;
            batch.put(Table.MAILBOX, key, row);
            batch.delete(Table.EXPIRY, entry);
            batch.put(
                    Table.EXPIRY,
                    ExpiryKey.encode(ExpiryKey.decode(entry).atNanos(), ExpiryKey.Kind.MESSAGE, key),
                    new byte[0]);
            batch.commit();
        }
    }

    /// Here sequences of neighbours follow on each other.
    @Test
    void aMessageTakenOutInTheStepThatPutItIsGone() throws StoreException {
        DeviceId sender = DeviceId.random();
        DeviceId anna = activate(store, ANNA).deviceId();
        long last = ((Write.Appended) apply(store, text(ANNA, BEN, sender, "first"))).sequence();
        List<Long> soon = IntStream.range(1, 50).mapToObj(i -> last + i).toList();

        store.apply(List.of(text(ANNA, BEN, sender, "second"), new Write.Remove(anna, soon)));

        assertThat(texts(store, anna)).containsExactly("first");
    }

    /// Here the decision is kept under its sender's device.
    @Test
    void whatFellBackGoesWithItsSender() throws StoreException {
        DeviceId ben = activate(store, BEN).deviceId();
        Instant deadline = NOW.plus(Duration.ofMinutes(1));
        Instant forgotten = NOW.plus(Duration.ofDays(1));
        var fallBack = new Write.FallBack(ANNA, ben, MessageId.random(), deadline, forgotten);
        apply(store, fallBack);

        apply(store, new Write.Withdraw(ben));

        assertThat(apply(store, new Write.Sweep(forgotten, 10))).isEqualTo(new Write.Swept(0));
        assertThat(apply(store, fallBack)).isEqualTo(new Write.FellBack());
        assertThat(apply(store, new Write.Sweep(forgotten, 10)))
                .as("nothing is kept for a device that is gone")
                .isEqualTo(new Write.Swept(0));
    }

    @Override
    protected Store open(Suspension suspension) throws StoreException {
        return RocksStore.open(folder, keys, RocksConfig.DEFAULTS, suspension, Optional.empty());
    }

    @Override
    protected Store open(int messagesMax, long bytesMax) throws StoreException {
        return RocksStore.open(
                folder,
                keys,
                RocksConfig.DEFAULTS.withMailboxMax(messagesMax, bytesMax).withOutcomesMax(OUTCOMES_MAX));
    }
}
