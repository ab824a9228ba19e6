package assent.sim.web;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The pages that are kept up to date, at most as many as the limit. Thread-safe.
final class Streams {
    private final Board board;
    private final String run;
    private final WebLimits limits;
    private final AtomicInteger open = new AtomicInteger();

    /// @param run names this run of the server
    Streams(Board board, String run, WebLimits limits) {
        this.board = board;
        this.run = run;
        this.limits = limits;
    }

    /// @return empty if there are as many as may be
    Optional<EventStream> open(String lastEventId) {
        if (open.incrementAndGet() > limits.streamsMax()) {
            open.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new EventStream(board, run, lastEventId, limits.pulse(), open::decrementAndGet));
    }
}
