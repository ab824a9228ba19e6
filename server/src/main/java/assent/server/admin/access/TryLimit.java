package assent.server.admin.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Counts wrong passwords in windows: of one account from one address, of one address, and of one account from
/// everywhere. Thread-safe.
///
/// The first is the strict one, so that a stranger elsewhere cannot lock an operator out; the others are wide, and
/// bound what many addresses or many names could try.
final class TryLimit {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int WIDE_FACTOR = 10;

    /// Windows that are kept; then the oldest go, which many wrong tries from many addresses may cause.
    private static final int WINDOWS_MAX = 20_000;

    private final int triesMax;
    private final Clock clock;
    private final Map<String, Window> windows = new LinkedHashMap<>(); // guarded by this

    TryLimit(int triesMax, Clock clock) {
        this.triesMax = triesMax;
        this.clock = clock;
    }

    private record Window(int count, Instant endsAt) {}

    /// How long to wait before another try; empty if it may come now.
    synchronized Optional<Duration> blockedFor(String account, String address) {
        Instant now = clock.instant();
        Instant latest = now;
        latest = later(latest, endOf(both(account, address), triesMax, now));
        latest = later(latest, endOf(address(address), triesMax * WIDE_FACTOR, now));
        latest = later(latest, endOf(account(account), triesMax * WIDE_FACTOR, now));
        return latest.isAfter(now) ? Optional.of(Duration.between(now, latest)) : Optional.empty();
    }

    private Instant endOf(String key, int max, Instant now) {
        Window window = windows.get(key);
        return window != null && window.count() >= max ? window.endsAt() : now;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// A try begins; it counts until it turns out right. So tries at the same time cannot pass the limit together.
    synchronized void begin(String account, String address) {
        Instant now = clock.instant();
        windows.values().removeIf(window -> !window.endsAt().isAfter(now));
        add(both(account, address), 1, now);
        add(address(address), 1, now);
        add(account(account), 1, now);
    }

    /// The try was right.
    synchronized void takeBack(String account, String address) {
        Instant now = clock.instant();
        windows.remove(both(account, address));
        add(address(address), -1, now);
        add(account(account), -1, now);
    }

    private void add(String key, int by, Instant now) {
        Window window = windows.getOrDefault(key, new Window(0, now.plus(WINDOW)));
        windows.put(key, new Window(Math.max(0, window.count() + by), window.endsAt()));
        if (windows.size() > WINDOWS_MAX) {
            windows.remove(windows.keySet().iterator().next());
        }
    }

    private static String both(String account, String address) {
        return "b " + address + " " + account;
    }

    private static String address(String address) {
        return "a " + address;
    }

    private static String account(String account) {
        return "n " + account;
    }
}
