package assent.server.simulation;

import assent.protocol.PhoneNumber;
import assent.server.store.Counter;
import assent.server.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Counts per number in memory. Confined to one thread.
final class MemoryCounters {
    private final Map<Key, Window> windows = new LinkedHashMap<>();

    private record Key(PhoneNumber number, Counter counter) {}

    private record Window(int count, Instant end) {}

    Write.CountResult count(Write.Count write) {
        var key = new Key(write.number(), write.counter());
        Instant latestEnd = write.now().plus(write.window());
        Optional<Window> kept = running(key, write.now());
        Window window = kept.map(old -> new Window(old.count(), old.end().isBefore(latestEnd) ? old.end() : latestEnd))
                .orElse(new Window(0, latestEnd));
        if (window.count() >= write.max()) {
            kept.ifPresent(ignored -> windows.put(key, window));
            return new Write.LimitReached(Duration.between(write.now(), window.end()));
        }
        windows.put(key, new Window(window.count() + 1, window.end()));
        return new Write.Counted(write.max() - window.count() - 1);
    }

    Write.CountResult look(Write.Look write) {
        Optional<Window> window = running(new Key(write.number(), write.counter()), write.now());
        int counted = window.map(Window::count).orElse(0);
        return counted < write.max()
                ? new Write.Counted(write.max() - counted)
                : new Write.LimitReached(
                        Duration.between(write.now(), window.orElseThrow().end()));
    }

    Write.Done takeBack(Write.TakeBack write) {
        var key = new Key(write.number(), write.counter());
        running(key, write.now())
                .filter(window -> window.count() > 0)
                .ifPresent(window -> windows.put(key, new Window(window.count() - 1, window.end())));
        return new Write.Done();
    }

    private Optional<Window> running(Key key, Instant now) {
        return Optional.ofNullable(windows.get(key))
                .filter(window -> window.end().isAfter(now));
    }

    void erase(PhoneNumber number, Counter counter) {
        windows.remove(new Key(number, counter));
    }

    /// Those of its PIN go with the PIN.
    void erase(PhoneNumber number) {
        erase(number, Counter.CODE_TRIES);
        erase(number, Counter.SMS_SENT);
    }

    int sweep(Instant now) {
        int before = windows.size();
        windows.values().removeIf(window -> !window.end().isAfter(now));
        return before - windows.size();
    }
}
