package assent.server.session;

import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.protocol.consent.SignInProof;
import assent.server.activation.Asker;
import assent.server.delivery.Presence;
import assent.server.export.Exporting;
import assent.server.session.SessionState.Active;
import assent.server.session.SessionState.Announcement;
import assent.server.session.SessionState.Closed;
import assent.server.session.SessionState.Connected;
import assent.server.session.SessionState.GoingLive;
import assent.server.store.Activation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection's conversation: feeds what happens to [SessionMachine] and performs what that
/// says. Confined to the connection's event loop (asserted), but for [#end], and for what the
/// session that takes its place calls.
///
/// Whatever a service replies comes back on the event loop as an event; the machine decides whether
/// it still matters.
public final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /// How soon an event is looked at again that came while a step was under way.
    private static final Duration LATER = Duration.ofMillis(50);

    private static final Duration SEEN_EVERY = Duration.ofHours(12);
    /// How long a deadline is left alone at most: timers and clocks may run apart.
    private static final Duration WATCH_MAX = Duration.ofHours(1);

    private final Connection connection;
    private final SessionServices services;
    private final SessionMachine machine;
    private final assent.protocol.Bytes nonce;
    private final Heartbeat heartbeat;
    private final List<Future<?>> timeOuts = new ArrayList<>(2);
    private SessionState state = new Connected();
    private @Nullable Seat seat;
    private @Nullable Future<?> seenAgain;
    private Future<?> deadlineWatch = CompletableFuture.completedFuture(null);

    /// The session whose place this one has taken, until it is clear which of the two is right.
    private LiveSessions.@Nullable Live displaced;

    /// A newer session is live: nothing that the device says here counts any more, also if it came in
    /// before and waited on this event loop. Set by the newer session, from its own.
    private volatile boolean stale;

    /// This session's place among the live ones.
    private record Seat(PhoneNumber number, DeviceId deviceId, LiveSessions.Live live, Exporting exporting) {
        Presence.Endpoint endpoint() {
            return live.endpoint();
        }
    }

    /// @param nonce this connection's server nonce, [Limits#NONCE_BYTES] fresh random bytes
    public Session(Connection connection, SessionServices services, assent.protocol.Bytes nonce) {
        this.connection = connection;
        this.services = services;
        this.nonce = nonce;
        this.machine = new SessionMachine(services.rules(), nonce);
        this.heartbeat = new Heartbeat(
                connection,
                services.times(),
                reason -> on(new SessionEvent.Ended(
                        reason, Optional.of(services.rules().busyRetryAfter()))));
    }

    /// TLS is up.
    ///
    /// @param sinceConnecting what has gone by of the time-outs, which run from the connecting
    public void open(Duration sinceConnecting) {
        assert connection.isOnLoop();
        var times = services.times();
        timeOuts.add(
                connection.schedule(times.hello().minus(sinceConnecting), () -> timeOut(state instanceof Connected)));
        timeOuts.add(connection.schedule(times.handshake().minus(sinceConnecting), () -> timeOut(!isLive())));
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
        if (stale) {
            return; // the end is on its way to this event loop
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
        if (writable && seat != null) {
            seat.endpoint().inbox().writable();
            seat.exporting().writable();
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

    private void on(SessionEvent event) {
        assert connection.isOnLoop();
        SessionState before = state;
        Transition transition = machine.step(before, event, services.clock().instant());
        state = transition.state();
        if (LOG.isDebugEnabled() && !before.equals(state)) {
            LOG.debug(
                    "{} -> {} by {}",
                    before.name(),
                    state.name(),
                    event.getClass().getSimpleName());
        }
        if (state instanceof Closed) {
            heartbeat.stop();
            deadlineWatch.cancel(false);
        } else if (before instanceof Connected) {
            heartbeat.start(); // until its Hello a device has the hello timeout, and is not asked anything
        }
        if (state instanceof Closed || isLive()) {
            timeOuts.forEach(timeOut -> timeOut.cancel(false));
            timeOuts.clear();
        }
        transition.effects().forEach(this::perform);
    }

    private void perform(Effect effect) {
        var loop = connection.executor();
        switch (effect) {
            case Effect.Reply(var frame) -> connection.send(frame);
            case Effect.Close(var reason, var retryAfter) -> {
                connection.send(new GatewayFrame.Goodbye(reason, retryAfter));
                connection.close();
            }
            case Effect.AllowFullFrames ignored -> connection.allowFrames(Limits.FRAME_BYTES_MAX);
            case Effect.RecordApproval(var grant, var bytes, var signature, var notice) ->
                services.activations()
                        .record(
                                grant,
                                bytes,
                                signature,
                                notice,
                                loop,
                                recording -> on(new SessionEvent.ApprovalRecorded(recording)));
            case Effect.OpenChallenge(var consent, var number, var method) ->
                services.challenges()
                        .open(
                                consent,
                                number,
                                method,
                                asker(),
                                opening -> on(new SessionEvent.ChallengeOpened(opening)));
            case Effect.OpenWithdrawal(var serverNonce, var number, var method, var locale) ->
                services.withdrawalChallenges()
                        .open(
                                serverNonce,
                                number,
                                method,
                                locale,
                                asker(),
                                opening -> on(new SessionEvent.ChallengeOpened(opening)));
            case Effect.JudgeCode(var purpose, var challengeId, var code) ->
                services.challenges()
                        .answer(
                                purpose,
                                challengeId,
                                code,
                                loop,
                                judgement -> on(new SessionEvent.CodeJudged(judgement)));
            case Effect.CloseChallenge(var challengeId, var fate) ->
                services.challenges().close(challengeId, fate);
            case Effect.JudgePin(var number, var expected, var pin) ->
                services.pins()
                        .judge(number, expected, pin, loop, judgement -> on(new SessionEvent.PinJudged(judgement)));
            case Effect.SetPin(var deviceId, var pin) ->
                services.pins().set(deviceId, pin, loop, setting -> on(new SessionEvent.PinStored(setting)));
            case Effect.BindNumber(var consent, var passed, var pin) ->
                services.activations()
                        .bind(consent, passed, pin, loop, binding -> on(new SessionEvent.NumberBound(binding)));
            case Effect.ForgetApproval(var consentId) -> services.activations().forget(consentId, loop);
            case Effect.JudgeSignIn(var deviceId, var signature) ->
                services.activations()
                        .signIn(
                                deviceId,
                                SignInProof.bytesToSign(nonce, connection.channelBinding()),
                                signature,
                                loop,
                                signingIn -> on(new SessionEvent.SignInJudged(signingIn)));
            case Effect.GoLive(var activation) -> goLive(activation);
            case Effect.Announce(var activation, var announcement) -> announce(activation, announcement);
            case Effect.Dispatch(var send) -> seat().endpoint().sender().send(send);
            case Effect.Inquire(var inquire) -> seat().endpoint().sender().inquire(inquire);
            case Effect.Block(var block) -> seat().endpoint().blocks().block(block);
            case Effect.Unblock(var unblock) -> seat().endpoint().blocks().unblock(unblock);
            case Effect.Export ignored -> seat().exporting().ask();
            case Effect.Acknowledge(var through) -> acknowledge(through);
            case Effect.AwaitDeadline(var deadline) -> awaitDeadline(deadline);
            case Effect.Renew(var activation, var grant, var signature, var notice) ->
                services.activations()
                        .renewals()
                        .renew(
                                activation,
                                grant,
                                signature,
                                notice,
                                loop,
                                result -> on(new SessionEvent.RenewalStored(result)));
            case Effect.DeliverAgain ignored -> seat().endpoint().inbox().resume();
            case Effect.Erase(var withdraw, var number, var deviceId) ->
                services.withdrawals()
                        .erase(
                                withdraw,
                                deviceId,
                                loop,
                                result -> on(new SessionEvent.ActivationErased(number, result)));
            case Effect.EraseNumber(var number, var requestedAt) ->
                services.withdrawals()
                        .eraseNumber(
                                number,
                                requestedAt,
                                loop,
                                result -> on(new SessionEvent.ActivationErased(number, result)));
            case Effect.LookAgain(var number, var reason) ->
                services.live().sessionOf(number).ifPresent(session -> session.lookAgain(reason));
            case Effect.Later(var event) -> connection.schedule(LATER, () -> on(event));
            case Effect.GoDark ignored -> goDark();
        }
    }

    /// Asked by the inbox before every push, so that none comes after a deadline.
    private boolean mayReceive() {
        return machine.mayReceive(state, services.clock().instant());
    }

    private void awaitDeadline(Instant deadline) {
        deadlineWatch.cancel(false);
        Duration left = Duration.between(services.clock().instant(), deadline);
        Duration wait = left.compareTo(WATCH_MAX) < 0 ? left : WATCH_MAX;
        deadlineWatch = connection.schedule(wait, () -> {
            if (services.clock().instant().isBefore(deadline)) {
                awaitDeadline(deadline);
            } else {
                on(new SessionEvent.StandingChanged());
            }
        });
    }

    private Asker asker() {
        return new Asker(connection.executor(), id -> on(new SessionEvent.NumberProved(id)));
    }

    private void goLive(Activation activation) {
        var endpoint =
                services.courier().open(activation.number(), activation.deviceId(), connection, this::mayReceive);
        var entry = services.live().enter(activation.number(), this, endpoint);
        var exporting = services.exports().of(activation.deviceId(), connection);
        seat = new Seat(activation.number(), activation.deviceId(), entry.live(), exporting);
        displaced = entry.replaced().orElse(null);
        services.activations()
                .confirm(
                        activation.deviceId(),
                        connection.executor(),
                        present -> on(new SessionEvent.LiveConfirmed(present)));
    }

    /// The session is confirmed: the one whose place it has taken has to go.
    private void takePlace(Activation activation) {
        if (displaced != null) {
            displaced.session().giveWayTo(activation);
            displaced = null;
        }
    }

    /// The session was not confirmed, or ended before it was: the one whose place it had taken was
    /// right.
    private void givePlaceBack() {
        if (displaced != null) {
            displaced.session().comeBackToPlace();
            displaced = null;
        }
    }

    /// The one that had taken this session's place is gone again; callable from any thread. Meanwhile
    /// messages went to the mailbox without a word to this session, and a withdrawal may have looked
    /// for it in vain. So the inbox is behind before anyone finds it, reads once it can be found, and
    /// the activation is looked at again. If a third session has the place, this one has to go.
    private void comeBackToPlace() {
        connection.run(() -> {
            if (seat == null) {
                return; // it has ended meanwhile
            }
            seat.endpoint().inbox().mailboxGrew();
            if (services.live().comeBack(seat.number(), seat.live())) {
                seat.endpoint().inbox().mailboxGrew();
                lookAgain(Reason.SESSION_TAKEN_OVER); // signing in anew tells the device what has become of it
            } else {
                on(new SessionEvent.Ended(
                        Reason.SESSION_TAKEN_OVER, Optional.of(services.rules().busyRetryAfter())));
            }
        });
    }

    /// The number's activation has changed: if this session's is gone, the session ends; callable
    /// from any thread.
    private void lookAgain(Reason reason) {
        connection.run(() -> {
            if (seat != null) {
                services.activations().confirm(seat.deviceId(), connection.executor(), present -> {
                    if (present.isPresent() && !present.get()) {
                        end(reason, Optional.empty());
                    }
                });
            }
        });
    }

    /// Another session has this one's place; callable from any thread.
    private void giveWayTo(Activation newer) {
        stale = true;
        connection.run(() -> {
            boolean sameDevice = seat != null && seat.deviceId().equals(newer.deviceId());
            end(sameDevice ? Reason.SESSION_TAKEN_OVER : Reason.ACTIVATION_REPLACED, Optional.empty());
        });
    }

    private void announce(Activation activation, Announcement announcement) {
        takePlace(activation);
        connection.send(
                switch (announcement) {
                    case ACTIVATED ->
                        new GatewayFrame.Activated(
                                activation.deviceId(), activation.receipt(), activation.receiptSignature());
                    case SIGNED_IN -> new GatewayFrame.SignedIn(seat().live().epoch());
                });
        seen(activation.deviceId());
        seat().endpoint().sender().open();
        seat().endpoint().inbox().open();
    }

    /// The device is there, today and every day on which it stays.
    private void seen(DeviceId deviceId) {
        services.pins().seen(deviceId, connection.executor());
        seenAgain = connection.schedule(SEEN_EVERY, () -> seen(deviceId));
    }

    private void acknowledge(long through) {
        if (!seat().endpoint().inbox().acknowledge(through)) {
            violated(Reason.ACKNOWLEDGEMENT_INVALID);
        }
    }

    /// The inbox closes before the session leaves the table: who does not find it there any more comes
    /// after everything that was in it.
    private void goDark() {
        if (seenAgain != null) {
            seenAgain.cancel(false);
        }
        if (seat != null) {
            seat.exporting().close();
            seat.endpoint().inbox().close();
            seat.endpoint().sender().close();
            services.live().leave(seat.number(), seat.live());
            seat = null;
        }
        givePlaceBack();
    }

    private Seat seat() {
        if (seat == null) {
            throw new IllegalStateException("no live session in state " + state.name());
        }
        return seat;
    }
}
