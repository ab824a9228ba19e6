package assent.device;

import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Whether a device is connected, whether it should be, and when it tries again.
///
/// Only an activated device comes back by itself: for the others a user is asked anew anyway, and the
/// app says when.
///
/// Confined to its device's event loop.
final class Connector {
    /// A connection that was signed in this long counts as good: the backoff starts over.
    private static final Duration LONG_LIVED = Duration.ofMinutes(1);

    private final DeviceContext device;
    private final DeviceCore core;
    private @Nullable Connection connection;
    private @Nullable CompletableFuture<ConnectAnswer> connecting;
    private @Nullable ScheduledFuture<?> nextAttempt;
    private @Nullable ScheduledFuture<?> longLived;
    private Optional<StopReason> stopped = Optional.empty();
    private Disconnection lastEnd = new Disconnection.Unreachable("connect was not called");
    private final Itinerary itinerary;
    private boolean wanted;

    Connector(DeviceContext device, DeviceCore core) {
        this.device = device;
        this.core = core;
        this.itinerary = new Itinerary(device.config(), ThreadLocalRandom.current());
    }

    void connect(CompletableFuture<ConnectAnswer> promise) {
        if (!core.isUsable()) {
            promise.completeExceptionally(
                    new IllegalStateException("the device is closed, or its store has failed: open it again"));
            return;
        }
        wanted = true;
        stopped = Optional.empty();
        if (connecting != null) {
            connecting.thenAccept(promise::complete);
            return;
        }
        connecting = promise;
        switch (state()) {
            case ConnectionState.Active _, ConnectionState.Withdrawing _ -> answer(new ConnectAnswer.SignedIn());
            case ConnectionState.Activating _, ConnectionState.SwitchingOff _ -> answer(new ConnectAnswer.Greeted());
            case ConnectionState.Connecting(), ConnectionState.Greeting(), ConnectionState.SigningIn _ -> {}
            case ConnectionState.Ended() -> attempt();
        }
    }

    /// Of the current connection; without one it is [ConnectionState.Ended].
    ConnectionState state() {
        return connection == null
                ? new ConnectionState.Ended()
                : connection.conversation().state();
    }

    /// Present while the device is signed in.
    Optional<Session> session() {
        return state() instanceof ConnectionState.Active(var session) ? Optional.of(session) : Optional.empty();
    }

    /// Present while the device is connected and not activated.
    Optional<ActivationSteps> steps() {
        return state() instanceof ConnectionState.Activating(var _, var steps) ? Optional.of(steps) : Optional.empty();
    }

    /// Present while a device without an activation is connected for nothing else.
    Optional<LostPhoneSteps> lostPhone() {
        return Optional.ofNullable(connection).flatMap(on -> on.conversation().lostPhone());
    }

    private void attempt() {
        cancelNextAttempt();
        var attempted = new Connection(device, core);
        connection = attempted;
        DevicePipeline.connect(device, itinerary.gateway(), attempted).addListener((ChannelFuture made) -> {
            if (made.isSuccess()) {
                made.channel()
                        .closeFuture()
                        .addListener(_ ->
                                ended(attempted, attempted.whyEnded(new Disconnection.Lost("the gateway closed it"))));
            } else {
                ended(attempted, attempted.whyEnded(new Disconnection.Unreachable(String.valueOf(made.cause()))));
            }
        });
    }

    /// Why there is no connection now.
    Disconnection lastEnd() {
        return lastEnd;
    }

    void greeted() {
        answer(new ConnectAnswer.Greeted());
    }

    void signedIn() {
        longLived = device.loop().schedule(itinerary::wasGood, LONG_LIVED.toMillis(), TimeUnit.MILLISECONDS);
        answer(new ConnectAnswer.SignedIn());
    }

    private void ended(Connection which, Disconnection why) {
        if (which != connection) {
            return;
        }
        connection = null;
        if (longLived != null) {
            longLived.cancel(false);
        }
        lastEnd = why;
        itinerary.ended(why);
        which.conversation().ended(why);
        core.sending().disconnected();
        core.blocking().disconnected();
        core.withdrawal().disconnected();
        core.pins().disconnected();
        core.exporting().disconnected();
        core.renewal().disconnected();
        device.callbacks().run(() -> device.listener().onDisconnected(why));
        stopReason(why).map(core.withdrawal()::meaningOf).ifPresent(reason -> stop(reason, why));
        answer(stopped.<ConnectAnswer>map(ConnectAnswer.Stopped::new)
                .orElseGet(() -> new ConnectAnswer.NotConnected(why, attemptLater(why))));
    }

    private Optional<StopReason> stopReason(Disconnection why) {
        if (!(why instanceof Disconnection.Goodbye(var reason, var retryAfter))) {
            return Optional.empty();
        }
        return switch (reason) {
            case SIGN_IN_REFUSED -> Optional.of(StopReason.SIGN_IN_REFUSED);
            case ACTIVATION_REPLACED -> Optional.of(StopReason.ACTIVATION_REPLACED);
            case WITHDRAWN -> Optional.of(StopReason.WITHDRAWN);
            case VERSION_UNSUPPORTED -> Optional.of(StopReason.VERSION_UNSUPPORTED);
            case SESSION_TAKEN_OVER ->
                retryAfter.isEmpty() ? Optional.of(StopReason.SESSION_TAKEN_OVER) : Optional.empty();
            default -> retryAfter.isEmpty() && comesBack() ? Optional.of(StopReason.SENT_AWAY) : Optional.empty();
        };
    }

    private boolean comesBack() {
        return switch (core.standing()) {
            case Standing.Activated _, Standing.WithdrawalPending _ -> true;
            case Standing.NotActivated(), Standing.Withdrawn _ -> false;
        };
    }

    /// @return in what time; empty if not at all
    private Optional<Duration> attemptLater(Disconnection why) {
        if (!wanted || !comesBack() || !core.isUsable()) {
            return Optional.empty();
        }
        Duration delay = itinerary.waitAfter(why, ThreadLocalRandom.current());
        nextAttempt = device.loop().schedule(this::attempt, delay.toMillis(), TimeUnit.MILLISECONDS);
        return Optional.of(delay);
    }

    private void cancelNextAttempt() {
        if (nextAttempt != null) {
            nextAttempt.cancel(false);
            nextAttempt = null;
        }
    }

    /// Ends the connection if there is one, and does not come back.
    void stop(StopReason reason, Disconnection why) {
        if (stopped.isPresent()) {
            return;
        }
        stopped = Optional.of(reason);
        end(why);
        device.callbacks().run(() -> device.listener().onStopped(reason));
    }

    void disconnect() {
        end(new Disconnection.Asked());
    }

    private void end(Disconnection why) {
        wanted = false;
        cancelNextAttempt();
        if (connection != null) {
            connection.end(why);
        }
    }

    private void answer(ConnectAnswer answer) {
        var waiting = connecting;
        connecting = null;
        if (waiting != null) {
            device.callbacks().run(() -> waiting.complete(answer));
        }
    }
}
