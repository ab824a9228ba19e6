package assent.server.simulation;

import assent.protocol.Bytes;
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

    private sealed interface Key {}

    private record OfNumber(PhoneNumber number, Counter counter) implements Key {}

    private record Shared(Bytes subject) implements Key {}

    private record Window(int count, Instant end) {}

    Write.CountResult count(Write.Count write) {
        var key = new OfNumber(write.number(), write.counter());
        return count(key, 1, write.now(), write.max(), write.window());
    }

    Write.CountResult tally(Write.Tally write) {
        return count(new Shared(write.subject()), write.amount(), write.now(), write.max(), write.window());
    }

    private Write.CountResult count(Key key, int amount, Instant now, int max, Duration length) {
        Instant latestEnd = now.plus(length);
        Optional<Window> kept = running(key, now);
        Window window = kept.map(old -> new Window(old.count(), old.end().isBefore(latestEnd) ? old.end() : latestEnd))
                .orElse(new Window(0, latestEnd));
        if (window.count() > max - Math.max(1, amount)) {
            kept.ifPresent(ignored -> windows.put(key, window));
            return new Write.LimitReached(Duration.between(now, window.end()));
        }
        if (amount > 0) {
            windows.put(key, new Window(window.count() + amount, window.end()));
        }
        return new Write.Counted(max - window.count() - amount);
    }

    Write.CountResult look(Write.Look write) {
        Optional<Window> window = running(new OfNumber(write.number(), write.counter()), write.now());
        int counted = window.map(Window::count).orElse(0);
        return counted < write.max()
                ? new Write.Counted(write.max() - counted)
                : new Write.LimitReached(
                        Duration.between(write.now(), window.orElseThrow().end()));
    }

    Write.Done takeBack(Write.TakeBack write) {
        return takeBack(new OfNumber(write.number(), write.counter()), 1, write.now());
    }

    Write.Done untally(Write.Untally write) {
        return takeBack(new Shared(write.subject()), write.amount(), write.now());
    }

    private Write.Done takeBack(Key key, int amount, Instant now) {
        running(key, now)
                .ifPresent(window -> windows.put(key, new Window(Math.max(0, window.count() - amount), window.end())));
        return new Write.Done();
    }

    private Optional<Window> running(Key key, Instant now) {
        return Optional.ofNullable(windows.get(key))
                .filter(window -> window.end().isAfter(now));
    }

    void erase(PhoneNumber number, Counter counter) {
        windows.remove(new OfNumber(number, counter));
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
