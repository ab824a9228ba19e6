package assent.server.admin.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Browsers that are signed in, in memory alone: a restart signs everybody out. Thread-safe.
///
/// The cookie names the session and is kept as a hash. At the limit the one that was idle longest goes.
final class Sessions {
    static final int SESSIONS_MAX = 1_000;

    /// However busy it is, a session ends then.
    private static final Duration LIFETIME_MAX = Duration.ofHours(12);

    private final Duration idleMax;
    private final Clock clock;
    private final Random random = new Random();
    private final Map<String, Entry> entries = new HashMap<>(); // guarded by this

    Sessions(Duration idleMax, Clock clock) {
        this.idleMax = idleMax;
        this.clock = clock;
    }

    private record Entry(String account, String from, String csrf, Instant openedAt, Instant usedAt) {
        Entry used(Instant now) {
            return new Entry(account, from, csrf, openedAt, now);
        }
    }

    /// A session that has just begun.
    ///
    /// @param cookie what names it from now on, and is shown to its browser alone
    record Opened(String cookie, String csrf) {
        @Override
        public String toString() {
            return "Opened[hidden]";
        }
    }

    /// A session that goes on.
    record Open(String account, String csrf) {
        @Override
        public String toString() {
            return "Open[" + account + "]";
        }
    }

    /// @param from the network address
    synchronized Opened open(String account, String from) {
        Instant now = clock.instant();
        entries.values().removeIf(entry -> isOver(entry, now));
        if (entries.size() >= SESSIONS_MAX) {
            entries.entrySet().stream()
                    .min(Comparator.comparing(one -> one.getValue().usedAt()))
                    .map(Map.Entry::getKey)
                    .ifPresent(entries::remove);
        }
        var opened = new Opened(random.secret(), random.secret());
        entries.put(Random.hash(opened.cookie()), new Entry(account, from, opened.csrf(), now, now));
        return opened;
    }

    /// @param isUse whether this counts against the idle time; a page that refreshes itself does not
    synchronized Optional<Open> find(String cookie, boolean isUse) {
        String key = Random.hash(cookie);
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (isOver(entry, now)) {
            entries.remove(key);
            return Optional.empty();
        }
        if (isUse) {
            entries.put(key, entry.used(now));
        }
        return Optional.of(new Open(entry.account(), entry.csrf()));
    }

    private boolean isOver(Entry entry, Instant now) {
        return now.isAfter(entry.usedAt().plus(idleMax))
                || now.isAfter(entry.openedAt().plus(LIFETIME_MAX));
    }

    synchronized void close(String cookie) {
        entries.remove(Random.hash(cookie));
    }

    synchronized void closeAllOf(String account) {
        entries.values().removeIf(entry -> entry.account().equals(account));
    }

    /// Closes an account's sessions but for one.
    ///
    /// @return how many there were
    synchronized int closeOthers(String account, String cookie) {
        String kept = Random.hash(cookie);
        int before = entries.size();
        entries.entrySet()
                .removeIf(one -> one.getValue().account().equals(account)
                        && !one.getKey().equals(kept));
        return before - entries.size();
    }

    /// An account's sessions, the one used last first.
    ///
    /// @param cookie of the one that asks
    synchronized List<BrowserSession> of(String account, String cookie) {
        String own = Random.hash(cookie);
        Instant now = clock.instant();
        return entries.entrySet().stream()
                .filter(one -> one.getValue().account().equals(account) && !isOver(one.getValue(), now))
                .map(one -> new BrowserSession(
                        one.getValue().from(),
                        one.getValue().openedAt(),
                        one.getValue().usedAt(),
                        one.getKey().equals(own)))
                .sorted(Comparator.comparing(BrowserSession::usedAt).reversed())
                .toList();
    }
}
