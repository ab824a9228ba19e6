package assent.device;

import static assent.device.Fixtures.BOB;
import static assent.device.Fixtures.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.MessageId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The window forgets nothing too early, and does forget.
class ReceivedWindowTest {
    @Test
    void theLastOnesAreRememberedAndTheOldestForgotten() {
        var window = new ReceivedWindow(1_000);
        var ids = Stream.generate(MessageId::random).limit(5_000).toList();

        ids.forEach(id -> window.add(BOB, id));

        assertThat(ids.subList(4_000, 5_000)).allMatch(id -> window.contains(BOB, id));
        assertThat(ids.subList(0, 3_000)).noneMatch(id -> window.contains(BOB, id));
        assertThat(window.size()).isLessThanOrEqualTo(2_000);
    }

    @Test
    void aMessageIsNamedByItsSenderToo() {
        var window = new ReceivedWindow(1_000);
        var id = MessageId.random();

        window.add(BOB, id);

        assertThat(window.contains(BOB, id)).isTrue();
        assertThat(window.contains(CAROL, id)).isFalse();
    }

    @Test
    void idsThatASenderChoseBadlyAreKeptApart() {
        var window = new ReceivedWindow(10_000);
        for (int i = 0; i < 5_000; i++) {
            window.add(BOB, new MessageId(0, i));
        }

        assertThat(window.size()).isEqualTo(5_000);
        assertThat(window.contains(BOB, new MessageId(0, 4_999))).isTrue();
        assertThat(window.contains(BOB, new MessageId(0, 5_000))).isFalse();
        assertThat(window.contains(BOB, new MessageId(1, 4_999))).isFalse();
    }

    @Test
    void itsPiecesMakeTheSameWindow() {
        var window = new ReceivedWindow(20_000);
        var ids = Stream.generate(MessageId::random).limit(30_000).toList();
        ids.forEach(id -> window.add(CAROL, id));
        var copy = new ReceivedWindow(20_000);

        window.chunks().forEach(copy::addAll);

        assertThat(copy.size()).isEqualTo(window.size());
        assertThat(ids).allMatch(id -> copy.contains(CAROL, id) == window.contains(CAROL, id));
    }
}
