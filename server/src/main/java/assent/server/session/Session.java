package assent.server.session;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.Reason;
import assent.server.policy.NoticeRule;
import assent.server.session.SessionState.Active;
import assent.server.session.SessionState.Closed;
import assent.server.session.SessionState.Connected;
import assent.server.session.SessionState.GoingLive;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection's conversation: feeds what happens to [SessionMachine] and has performed what
/// that says. Confined to the connection's event loop (asserted), but for [#end].
///
/// Whatever a service replies comes back on the event loop as an event; the machine decides whether
/// it still matters. [Requests] asks the services, [Place] has what makes the session a live one.
public final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /// How soon an event is looked at again that came while a step was under way.
    private static final Duration LATER = Duration.ofMillis(50);

    /// How often a session that is to end looks whether anything is under way.
    private static final Duration QUIET_LOOK = Duration.ofMillis(10);

    private final Connection connection;
    private final SessionServices services;
    private final SessionMachine machine;
    private final Requests requests;
    private final Place place;
    private final Heartbeat heartbeat;
    private final DeadlineWatch deadlineWatch;
    private List<Future<?>> timeOuts = List.of();
    private SessionState state = new Connected();

    /// The gateway stops: no more texts are taken.
    private boolean draining;

    /// @param nonce this connection's server nonce, [Limits#NONCE_BYTES] fresh random bytes
    public Session(Connection connection, SessionServices services, Bytes nonce) {
        this.connection = connection;
        this.services = services;
        this.machine = new SessionMachine(services.rules(), nonce);
        this.requests = new Requests(connection, services, nonce, this::on);
        this.place = new Place(this, connection, services, this::mayReceive, this::on);
        this.deadlineWatch = new DeadlineWatch(
                connection, services.clock(), () -> on(new SessionEvent.StandingChanged(Optional.empty())));
        this.heartbeat = new Heartbeat(connection, services.times(), new Heartbeat.Pulse() {
            @Override
            public void beat() {
                place.beat();
            }

            @Override
            public void gone(Reason reason) {
                on(new SessionEvent.Ended(reason, Optional.of(services.rules().busyRetryAfter())));
            }
        });
    }

    /// TLS is up.
    ///
    /// @param sinceConnecting what has gone by of the time-outs, which run from the connecting
    public void open(Duration sinceConnecting) {
        assert connection.isOnLoop();
        services.meters().opened();
        var times = services.times();
        timeOuts = List.of(
                connection.schedule(times.hello().minus(sinceConnecting), () -> timeOut(state instanceof Connected)),
                connection.schedule(times.handshake().minus(sinceConnecting), () -> timeOut(!isLive())));
    }

    private void timeOut(boolean late) {
        if (late && !isOver()) {
            on(new SessionEvent.Ended(
                    Reason.HANDSHAKE_TIMEOUT, Optional.of(services.rules().busyRetryAfter())));
        }
    }

    private boolean isLive() {
        return state instanceof Active || state instanceof GoingLive;
    }

    public boolean isOver() {
        return state instanceof Closed;
    }

    /// The device sent a frame.
    public void received(DeviceFrame frame) {
        if (place.isStale()) {
            return; // the end is on its way to this event loop
        }
        if (draining && frame instanceof DeviceFrame.Send) {
            return; // without a result the device sends it again, where it goes next
        }
        heartbeat.heard();
        on(new SessionEvent.Arrived(frame));
    }

    /// The device's bytes were no frame.
    public void violated(Reason reason) {
        on(new SessionEvent.Violated(reason));
    }

    /// The device takes what is sent to it, or does not, from now on.
    public void takes(boolean writable) {
        heartbeat.takes(writable);
        if (writable) {
            place.writable();
        }
    }

    /// The connection is gone.
    public void disconnected() {
        on(new SessionEvent.Disconnected());
    }

    /// Ends the connection with a reason; callable from any thread.
    public void end(Reason reason, Optional<Duration> retryAfter) {
        connection.run(() -> on(new SessionEvent.Ended(reason, retryAfter)));
    }

    /// The gateway stops: no more texts are taken, and the connection ends once nothing is under way with
    /// this device any more, or after `patience`; callable from any thread.
    public void drain(Duration retryAfter, Duration patience) {
        connection.run(() -> {
            if (!draining) {
                draining = true;
                awaitQuiet(retryAfter, connection.nanoTime() + patience.toNanos());
            }
        });
    }

    private void awaitQuiet(Duration retryAfter, long untilNanos) {
        if (isOver()) {
            return;
        }
        boolean isUnderWay = state instanceof SessionState.Busy || place.isUnderWay();
        if (isUnderWay && connection.nanoTime() - untilNanos < 0) {
            connection.schedule(QUIET_LOOK, () -> awaitQuiet(retryAfter, untilNanos));
        } else {
            on(new SessionEvent.Ended(Reason.SHUTTING_DOWN, Optional.of(retryAfter)));
        }
    }

    /// Another rule on notices holds; callable from any thread.
    void standingChanged(NoticeRule before) {
        connection.run(() -> on(new SessionEvent.StandingChanged(Optional.of(before))));
    }

    private void on(SessionEvent event) {
        assert connection.isOnLoop();
        SessionState before = state;
        Transition transition = machine.step(before, event, services.clock().instant());
        state = transition.state();
        services.meters().stepped(before, event, state);
        if (LOG.isDebugEnabled() && !before.equals(state)) {
            LOG.debug(
                    "{} -> {} by {}",
                    before.name(),
                    state.name(),
                    event.getClass().getSimpleName());
        }
        if (state instanceof Closed) {
            heartbeat.stop();
            deadlineWatch.stop();
        } else if (before instanceof Connected) {
            heartbeat.start(); // until its Hello a device has the hello timeout, and is not asked anything
        }
        if (!timeOuts.isEmpty() && (state instanceof Closed || isLive())) {
            timeOuts.forEach(timeOut -> timeOut.cancel(false));
            timeOuts = List.of();
        }
        transition.effects().forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.OnConnection said -> perform(said);
            case Effect.OnServices asked -> requests.perform(asked);
            case Effect.OnPlace placing -> place.perform(placing);
            case Effect.OnSeat seated -> place.seat().perform(seated);
            case Effect.AwaitDeadline(var deadline) -> deadlineWatch.await(deadline);
            case Effect.Later(var event) -> connection.schedule(LATER, () -> on(event));
        }
    }

    private void perform(Effect.OnConnection effect) {
        switch (effect) {
            case Effect.Reply(var frame) -> {
                services.meters().replied(frame);
                connection.send(frame);
            }
            case Effect.Close(var reason, var retryAfter) -> {
                connection.send(new GatewayFrame.Goodbye(reason, retryAfter));
                connection.close();
            }
            case Effect.AllowFullFrames ignored -> connection.allowFrames(Limits.FRAME_BYTES_MAX);
        }
    }

    /// Asked by the inbox before every push, so that none comes after a deadline.
    private boolean mayReceive() {
        return machine.mayReceive(state, services.clock().instant());
    }

    /// This session's place among the live ones.
    Place place() {
        return place;
    }
}
