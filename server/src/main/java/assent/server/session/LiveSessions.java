package assent.server.session;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.delivery.Presence;
import assent.server.policy.NoticeRule;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// The table of live sessions, at most one for each number. Thread-safe. It cannot hold more than the
/// gateway has connections.
///
/// Every session gets an order when it comes in, higher than all before it, those before the gateway's
/// last restart included. The newer one takes the place; the older can no longer take itself, or the
/// newer, out. It comes back only if the newer one turns out to have no activation, and has left.
public final class LiveSessions implements Presence {
    /// Room for a trillion sessions between two restarts.
    private static final int GENERATION_SHIFT = 40;

    private final ConcurrentMap<PhoneNumber, Live> sessions = new ConcurrentHashMap<>();

    /// The same sessions, for letters, which name no number.
    private final ConcurrentMap<DeviceId, Live> byDevice = new ConcurrentHashMap<>();

    private final AtomicLong orders;

    /// @param generation rises with each start of the gateway
    public LiveSessions(long generation) {
        this.orders = new AtomicLong(generation << GENERATION_SHIFT);
    }

    /// A session in the table.
    record Live(long order, DeviceId deviceId, Session session, Endpoint endpoint) {}

    /// What coming in brought.
    ///
    /// @param replaced the session that had the place
    record Entry(Live live, Optional<Live> replaced) {}

    Entry enter(PhoneNumber number, DeviceId deviceId, Session session, Endpoint endpoint) {
        var replaced = new Live[1];
        Live live = sessions.compute(number, (key, older) -> {
            replaced[0] = older;
            return new Live(orders.incrementAndGet(), deviceId, session, endpoint);
        });
        file(live);
        return new Entry(live, Optional.ofNullable(replaced[0]));
    }

    /// Takes the session out, unless a newer one has its place.
    void leave(PhoneNumber number, Live live) {
        sessions.remove(number, live);
        byDevice.remove(live.deviceId(), live);
    }

    private void file(Live live) {
        byDevice.merge(live.deviceId(), live, (one, other) -> one.order() > other.order() ? one : other);
    }

    /// Puts a session back whose place was taken without right, and is free again.
    ///
    /// @return false if another has come in
    boolean comeBack(PhoneNumber number, Live live) {
        boolean free = sessions.putIfAbsent(number, live) == null;
        if (free) {
            file(live);
        }
        return free;
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

    /// The newest session of this device.
    Optional<Live> ofDevice(DeviceId deviceId) {
        return Optional.ofNullable(byDevice.get(deviceId));
    }

    /// All that are live now; what comes and goes while it is walked through may be in it or not.
    Collection<Live> all() {
        return Collections.unmodifiableCollection(sessions.values());
    }

    /// Ends this device's session here, if it has one; it may sign in again.
    ///
    /// @param retryAfter when it may
    /// @return whether it had one
    public boolean signOut(DeviceId deviceId, Duration retryAfter) {
        Optional<Live> live = ofDevice(deviceId);
        live.ifPresent(one -> one.session().end(Reason.SIGNED_OUT, Optional.of(retryAfter)));
        return live.isPresent();
    }

    /// Whether this device is signed in here.
    public boolean isHere(DeviceId deviceId) {
        return byDevice.containsKey(deviceId);
    }

    /// The number's activation may be gone: its session looks, and ends with the reason if it is.
    public void lookAgain(PhoneNumber number, Reason reason) {
        sessionOf(number).ifPresent(session -> session.place().lookAgain(reason));
    }

    public int size() {
        return sessions.size();
    }
}
