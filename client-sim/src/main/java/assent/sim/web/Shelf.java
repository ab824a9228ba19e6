package assent.sim.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A bounded list of things with ids, shown on the board. Thread-safe.
final class Shelf<T> {
    private final Board board;
    private final String name;
    private final int sizeMax;
    private final Map<String, T> things = new LinkedHashMap<>(); // guarded by this

    /// @param name before each id, on the board
    Shelf(Board board, String name, int sizeMax) {
        this.board = board;
        this.name = name;
        this.sizeMax = sizeMax;
    }

    /// At the limit the oldest makes room.
    synchronized void add(String id, T thing) {
        if (things.size() == sizeMax && !things.containsKey(id)) {
            String oldest = things.keySet().iterator().next();
            things.remove(oldest);
            board.remove(name + oldest);
        }
        things.put(id, thing);
        board.put(name + id, thing);
    }

    /// Does nothing if it is not there any more.
    synchronized void change(String id, UnaryOperator<T> change) {
        T changed = things.computeIfPresent(id, (_, thing) -> change.apply(thing));
        if (changed != null) {
            board.put(name + id, changed);
        }
    }

    synchronized Optional<T> find(String id) {
        return Optional.ofNullable(things.get(id));
    }

    synchronized void clear() {
        things.keySet().forEach(id -> board.remove(name + id));
        things.clear();
    }
}
