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
import assent.protocol.PhoneNumber;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store does with block lists.
public abstract class BlockContract extends FallbackContract {
    private static final PhoneNumber CARLA = PhoneNumber.parse("+5511987654321");
    private static final DeviceId BENS_DEVICE = DeviceId.random();
    private static final int MAX = 3;

    private Write.BlockResult block(DeviceId mailbox, PhoneNumber number) throws StoreException {
        return apply(store, new Write.Block(mailbox, number, MAX));
    }

    private Write.AppendResult textFromBen(String text) throws StoreException {
        return apply(store, text(ANNA, BEN, BENS_DEVICE, text));
    }

    @Test
    void aBlockedNumbersTextsAreAnsweredAsForANumberWithoutMailbox() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        assertThat(block(anna, BEN)).isEqualTo(new Write.OnList());

        for (int opening = 0; opening < 2; opening++) {
            assertThat(textFromBen("unwanted")).isEqualTo(new Write.NoMailbox());
            assertThat(apply(store, text(ANNA, CARLA, DeviceId.random(), "welcome")))
                    .isInstanceOf(Write.Appended.class);
            assertThat(store.blocked(anna).contains(BEN)).isTrue();
            assertThat(store.blocked(anna).contains(CARLA)).isFalse();
            reopen();
        }
        assertThat(texts(store, anna)).containsExactly("welcome", "welcome");
    }

    @Test
    void aBlockHoldsForTheWritesBehindItInTheSameStep() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();

        List<Write.Result> results = store.apply(List.of(
                text(ANNA, BEN, BENS_DEVICE, "before"),
                new Write.Block(anna, BEN, MAX),
                text(ANNA, BEN, BENS_DEVICE, "blocked"),
                new Write.Unblock(anna, BEN),
                text(ANNA, BEN, BENS_DEVICE, "after")));

        assertThat(results.get(2)).isEqualTo(new Write.NoMailbox());
        assertThat(texts(store, anna)).containsExactly("before", "after");
        assertThat(store.blocked(anna).contains(BEN)).isFalse();
    }

    @Test
    void whatIsKnownOfAMessageFromBeforeTheBlockStaysKnown() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = text(ANNA, BEN, BENS_DEVICE, "before");
        Write.AppendResult first = apply(store, message);
        block(anna, BEN);

        assertThat(apply(store, message)).isEqualTo(first);
    }

    @Test
    void aListHoldsSoManyNumbersAndNoMoreAndOneOnItIsNoSecondOne() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        for (int i = 0; i < MAX; i++) {
            assertThat(block(anna, PhoneNumber.parse("+447700900" + (100 + i)))).isEqualTo(new Write.OnList());
        }

        for (int opening = 0; opening < 2; opening++) {
            assertThat(block(anna, BEN)).isEqualTo(new Write.ListFull());
            assertThat(block(anna, PhoneNumber.parse("+447700900100"))).isEqualTo(new Write.OnList());
            reopen();
        }
        assertThat(textFromBen("not blocked")).isInstanceOf(Write.Appended.class);
        apply(store, new Write.Unblock(anna, PhoneNumber.parse("+447700900100")));
        assertThat(block(anna, BEN)).isEqualTo(new Write.OnList());
    }

    @Test
    void unblockingANumberThatIsNotBlockedMakesNoRoom() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        for (int i = 0; i < MAX; i++) {
            block(anna, PhoneNumber.parse("+447700900" + (100 + i)));
        }

        assertThat(apply(store, new Write.Unblock(anna, CARLA))).isEqualTo(new Write.Done());

        assertThat(block(anna, BEN)).isEqualTo(new Write.ListFull());
    }

    @Test
    void listsAreApart() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        DeviceId carla = activate(store, CARLA).deviceId();
        block(anna, BEN);

        assertThat(store.blocked(carla).contains(BEN)).isFalse();
        assertThat(apply(store, text(CARLA, BEN, BENS_DEVICE, "hello"))).isInstanceOf(Write.Appended.class);
    }

    @Test
    void aListEndsWithItsActivation() throws StoreException {
        DeviceId superseded = activate(store, ANNA).deviceId();
        block(superseded, BEN);

        DeviceId anna = activate(store, ANNA).deviceId();
        assertThat(textFromBen("to the new device")).isInstanceOf(Write.Appended.class);
        assertThat(store.blocked(superseded).contains(BEN)).isFalse();
        assertThat(store.blocked(anna).contains(BEN)).isFalse();

        block(anna, BEN);
        apply(store, new Write.Withdraw(anna));
        assertThat(store.blocked(anna).contains(BEN)).isFalse();
        assertThat(block(anna, BEN)).isEqualTo(new Write.NotActive());
        assertThat(store.blocked(anna).contains(BEN)).isFalse();
        assertThat(apply(store, new Write.Sweep(NOW, 10))).isEqualTo(new Write.Swept(0));
    }
}
