package assent.server.session;

import assent.protocol.PhoneNumber;
import assent.server.delivery.Presence;
import assent.server.policy.NoticeRule;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// The table of live sessions, at most one for each number. Thread-safe. It cannot hold more than the
/// gateway has connections.
///
/// Every session gets an epoch when it comes in, higher than all before it, those before the gateway's
/// last restart included. The newer one takes the place; the older can no longer take itself, or the
/// newer, out. It comes back only if the newer one turns out to have no activation, and has left.
public final class LiveSessions implements Presence {
    /// Room for a trillion sessions between two restarts.
    private static final int GENERATION_SHIFT = 40;

    private final ConcurrentMap<PhoneNumber, Live> sessions = new ConcurrentHashMap<>();
    private final AtomicLong epochs;

    /// @param generation rises with each start of the gateway
    public LiveSessions(long generation) {
        this.epochs = new AtomicLong(generation << GENERATION_SHIFT);
    }

    /// A session in the table.
    record Live(long epoch, Session session, Endpoint endpoint) {}

    /// What coming in brought.
    ///
    /// @param replaced the session that had the place
    record Entry(Live live, Optional<Live> replaced) {}

    Entry enter(PhoneNumber number, Session session, Endpoint endpoint) {
        var replaced = new Live[1];
        Live live = sessions.compute(number, (key, older) -> {
            replaced[0] = older;
            return new Live(epochs.incrementAndGet(), session, endpoint);
        });
        return new Entry(live, Optional.ofNullable(replaced[0]));
    }

    /// Takes the session out, unless a newer one has its place.
    void leave(PhoneNumber number, Live live) {
        sessions.remove(number, live);
    }

    /// Puts a session back whose place was taken without right, and is free again.
    ///
    /// @return false if another has come in
    boolean comeBack(PhoneNumber number, Live live) {
        return sessions.putIfAbsent(number, live) == null;
    }

    @Override
    public Optional<Endpoint> find(PhoneNumber number) {
        return Optional.ofNullable(sessions.get(number)).map(Live::endpoint);
    }

    Optional<Session> sessionOf(PhoneNumber number) {
        return Optional.ofNullable(sessions.get(number)).map(Live::session);
    }

    /// Another rule on notices holds: each looks how it stands, on its own event loop.
    public void standingChanged(NoticeRule before) {
        sessions.values().forEach(live -> live.session().standingChanged(before));
    }

    public int size() {
        return sessions.size();
    }
}
