package assent.server.session;

import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.server.session.SessionState.Announcement;
import assent.server.store.Holder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The place of one session among the live ones: how it takes it, gives way, comes back, and leaves.
/// Confined to the connection's event loop, but for what the session that takes its place calls.
final class Place implements Tenure.Outcome {
    private static final Duration SEEN_EVERY = Duration.ofHours(12);

    /// The last words of a gateway that died during this device's sign-in there are with Redis long before.
    private static final Duration SECOND_LOOK_AFTER = Duration.ofSeconds(5);

    private final Session session;
    private final Connection connection;
    private final SessionServices services;
    private final BooleanSupplier mayReceive;
    private final Consumer<SessionEvent> events;
    private @Nullable Seat seat;
    private boolean announced;
    private long seenAtNanos;
    private @Nullable Future<?> secondLook;
    /// The session whose place this one has taken, until it is clear which of the two is right.
    private LiveSessions.@Nullable Live displaced;

    /// A newer session is live: nothing that the device says here counts any more, also if it came in
    /// before and waited on this event loop. Set by the newer session, from its own.
    private volatile boolean stale;

    /// @param mayReceive asked by the inbox before every push
    Place(
            Session session,
            Connection connection,
            SessionServices services,
            BooleanSupplier mayReceive,
            Consumer<SessionEvent> events) {
        this.session = session;
        this.connection = connection;
        this.services = services;
        this.mayReceive = mayReceive;
        this.events = events;
    }

    boolean isStale() {
        return stale;
    }

    void perform(Effect.OnPlace effect) {
        switch (effect) {
            case Effect.GoLive(var holder) -> goLive(holder);
            case Effect.Announce(var holder, var announcement) -> announce(holder, announcement);
            case Effect.LookAgain(var number, var reason) -> {
                services.live()
                        .sessionOf(number)
                        .ifPresent(other -> other.place().lookAgain(reason));
                services.seats().lookAgain(number, reason);
            }
            case Effect.GoDark ignored -> goDark();
        }
    }

    /// Whether anything waits for the store, or for the device's acknowledgement.
    boolean isUnderWay() {
        return seat != null && seat.isUnderWay();
    }

    /// The device takes again what is sent to it.
    void writable() {
        if (seat != null) {
            seat.writable();
        }
    }

    private void goLive(Holder holder) {
        var endpoint = services.courier().open(holder.number(), holder.deviceId(), connection, mayReceive);
        var entry = services.live().enter(holder.number(), holder.deviceId(), session, endpoint);
        var exporting = services.exports().of(holder.deviceId(), connection);
        var tenure = new Tenure(services.seats(), connection, holder);
        seat = new Seat(tenure, entry.live(), exporting, events);
        displaced = entry.replaced().orElse(null);
        tenure.take(entry.live().order(), present -> seated(tenure, present));
    }

    /// The store has given the seat to this session, or not; the session may be over by now.
    private void seated(Tenure tenure, Optional<Boolean> present) {
        events.accept(
                tenure.isOver()
                        ? new SessionEvent.Ended(Reason.SESSION_TAKEN_OVER, Optional.empty())
                        : new SessionEvent.LiveConfirmed(present));
    }

    /// Another gateway has given the seat to a newer session; callable from any thread.
    void giveWay(long newerEpoch, boolean replaced) {
        connection.run(() -> {
            if (seat != null) {
                seat.tenure().newer(newerEpoch);
                if (seat.tenure().isOver()) {
                    stale = true;
                    end(replaced ? Reason.ACTIVATION_REPLACED : Reason.SESSION_TAKEN_OVER);
                }
            }
        });
    }

    /// The session is confirmed: the one whose place it has taken has to go.
    private void takePlace(Holder holder) {
        if (displaced != null) {
            displaced.session().place().giveWayTo(holder);
            displaced = null;
        }
    }

    /// The session was not confirmed, or ended before it was: the one whose place it had taken was
    /// right.
    private void givePlaceBack() {
        if (displaced != null) {
            displaced.session().place().comeBackToPlace();
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
            seat.inbox().mailboxGrew();
            if (services.live().comeBack(seat.number(), seat.live())) {
                seat.inbox().mailboxGrew();
                lookAgain(Reason.SESSION_TAKEN_OVER); // signing in anew tells the device what has become of it
            } else {
                makeRoom();
            }
        });
    }

    /// The number's activation has changed: if this session's is gone, the session ends; callable
    /// from any thread.
    void lookAgain(Reason reason) {
        lookAgain(reason, () -> {});
    }

    /// @param looked called once, when the store has answered or nothing is left to look for
    void lookAgain(Reason reason, Runnable looked) {
        connection.run(() -> {
            if (seat == null) {
                looked.run();
            } else {
                seat.tenure().look(reason, looked, this);
            }
        });
    }

    @Override
    public void held() {
        if (seat != null) {
            seat.inbox().mailboxGrew();
        }
    }

    @Override
    public void gone(Reason reason) {
        end(reason);
    }

    @Override
    public void lost() {
        makeRoom();
    }

    /// Another has the place. Should the device of all things be on this connection, it may come back.
    private void makeRoom() {
        events.accept(new SessionEvent.Ended(
                Reason.SESSION_TAKEN_OVER, Optional.of(services.rules().busyRetryAfter())));
    }

    /// Another session has this one's place; callable from any thread.
    private void giveWayTo(Holder newer) {
        stale = true;
        connection.run(() -> {
            boolean sameDevice = seat != null && seat.deviceId().equals(newer.deviceId());
            end(sameDevice ? Reason.SESSION_TAKEN_OVER : Reason.ACTIVATION_REPLACED);
        });
    }

    private void end(Reason reason) {
        events.accept(new SessionEvent.Ended(reason, Optional.empty()));
    }

    private void announce(Holder holder, Announcement announcement) {
        takePlace(holder);
        connection.send(
                switch (announcement) {
                    case Announcement.Activated(var receipt, var signature) ->
                        new GatewayFrame.Activated(holder.deviceId(), receipt, signature);
                    case Announcement.SignedIn ignored ->
                        new GatewayFrame.SignedIn(seat().tenure().epoch());
                });
        announced = true;
        seen(holder.deviceId());
        seat().open();
        if (services.seats().areShared()) {
            secondLook = connection.schedule(SECOND_LOOK_AFTER, () -> lookAgain(Reason.SIGN_IN_REFUSED));
        }
    }

    /// The device is there, today and every day on which it stays.
    private void seen(DeviceId deviceId) {
        seenAtNanos = connection.nanoTime();
        services.pins().seen(deviceId, connection.executor());
    }

    /// A heartbeat has gone by, which is no timer of its own for each session.
    void beat() {
        if (seat != null && announced && connection.nanoTime() - seenAtNanos >= SEEN_EVERY.toNanos()) {
            lookAgain(Reason.SIGN_IN_REFUSED); // which keeps the seat
            seen(seat.deviceId());
        }
    }

    /// The inbox closes before the session leaves the table: who does not find it there any more comes
    /// after everything that was in it.
    private void goDark() {
        cancel(secondLook);
        if (seat != null) {
            seat.close();
            if (displaced == null) {
                seat.tenure().leave();
            } else {
                seat.tenure().handBack();
            }
            services.live().leave(seat.number(), seat.live());
            seat = null;
        }
        givePlaceBack();
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /// What the live session has. Only a live session may ask for it.
    Seat seat() {
        if (seat == null) {
            throw new IllegalStateException("this session has no place among the live ones");
        }
        return seat;
    }
}
