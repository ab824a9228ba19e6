package assent.sim.web;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The phones on the page, at most as many as the limit. Thread-safe.
final class Phones implements AutoCloseable {
    private final Board board;
    private final Surroundings surroundings;
    private final WebLimits limits;
    private final Clock clock;
    private final Map<Integer, WebPhone> phones = new LinkedHashMap<>(); // guarded by this
    private boolean closed; // guarded by this

    Phones(Board board, Surroundings surroundings, WebLimits limits, Clock clock) {
        this.board = board;
        this.surroundings = surroundings;
        this.limits = limits;
        this.clock = clock;
    }

    /// One more phone.
    ///
    /// @return whether there was room for it
    synchronized boolean add() {
        if (closed || phones.size() == limits.phonesMax()) {
            return false;
        }
        int id = phones.size() + 1;
        phones.put(id, new WebPhone(id, board, surroundings, limits, clock));
        return true;
    }

    synchronized Optional<WebPhone> find(int id) {
        return Optional.ofNullable(phones.get(id));
    }

    /// Phones that show whether activation is open are told again, at once, what policy says.
    void policyChanged() {
        all().forEach(WebPhone::askAgain);
    }

    private synchronized List<WebPhone> all() {
        return List.copyOf(phones.values());
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        all().forEach(WebPhone::close);
    }
}
