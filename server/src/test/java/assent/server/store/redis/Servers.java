package assent.server.store.redis;

import java.util.ArrayDeque;
import java.util.Deque;

/// Servers that all tests of a class share. Confined to the thread that runs them.
final class Servers<S extends AutoCloseable> {
    private final Deque<S> running = new ArrayDeque<>();

    void started(S servers) {
        running.push(servers);
    }

    S get() {
        return running.getFirst();
    }

    void stop() {
        try {
            running.pop().close();
        } catch (Exception e) {
            throw new IllegalStateException("the servers of the test did not stop", e);
        }
    }
}
