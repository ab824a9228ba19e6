package assent.sim.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoardTest {
    private final Board board = new Board();

    private List<String> newerThan(long seen) {
        return board.newerThan(seen).items().stream().map(Board.Item::name).toList();
    }

    @Test
    void whoHasSeenNothingGetsEverythingInItsOrder() {
        board.put("b", 1);
        board.put("a", 2);
        board.put("b", 3);

        assertThat(board.newerThan(0))
                .isEqualTo(new Board.News(3, List.of(new Board.Item("b", 3), new Board.Item("a", 2))));
    }

    @Test
    void whoHasSeenSomethingGetsOnlyTheNewestOfWhatIsNewer() {
        board.put("a", 1);
        long seen = board.newerThan(0).revision();
        board.put("b", 2);
        board.put("b", 3);

        assertThat(board.newerThan(seen).items()).containsExactly(new Board.Item("b", 3));
        assertThat(newerThan(board.newerThan(seen).revision())).isEmpty();
    }

    @Test
    void watchersAreToldOfEachChangeUntilTheyGo() {
        var told = new AtomicInteger();
        Runnable watcher = told::incrementAndGet;
        board.watch(watcher);
        board.put("a", 1);
        board.unwatch(watcher);
        board.put("a", 2);

        assertThat(told).hasValue(1);
    }

    @Test
    void aFullShelfLetsTheOldestGo() {
        var shelf = new Shelf<String>(board, "text/", 2);
        shelf.add("1", "one");
        shelf.add("2", "two");
        shelf.add("3", "three");
        shelf.change("1", text -> text + "!");
        shelf.change("2", text -> text + "!");

        assertThat(newerThan(0)).containsExactly("text/2", "text/3");
        assertThat(board.newerThan(0).items()).contains(new Board.Item("text/2", "two!"));
    }
}
