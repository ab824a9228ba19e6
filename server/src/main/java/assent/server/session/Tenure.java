package assent.server.session;

import assent.protocol.Reason;
import assent.server.store.Answer;
import assent.server.store.Hold;
import assent.server.store.Holder;
import assent.server.store.Seating;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// What one session has of its number's seat in the store, against the sessions of other gateways. Confined
/// to the connection's event loop.
///
/// | state | the seat is given to a newer session | a look finds it elsewhere |
/// |---|---|---|
/// | asked for | remembered, and judged when the epoch is known | (nobody looks) |
/// | taken, epoch known | a lower epoch than the newer's: over | over |
/// | over, or left | nothing | nothing |
final class Tenure {
    /// How soon a look is tried again that the store could not answer; one for each look that is due.
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);

    private final Seats seats;
    private final Connection connection;
    private final Holder holder;
    private boolean ended;

    /// Whether the seat goes back to the session of this gateway that had it before.
    private boolean handedBack;

    /// Rises with each session of the number; 0 while it is not known.
    private long epoch;

    /// The highest epoch that another gateway has told of; 0 if none has.
    private long newerEpoch;

    Tenure(Seats seats, Connection connection, Holder holder) {
        this.seats = seats;
        this.connection = connection;
        this.holder = holder;
    }

    Holder holder() {
        return holder;
    }

    long epoch() {
        return epoch;
    }

    /// Takes the seat.
    ///
    /// @param order of the session's entry in the table
    /// @param reply whether the activation is there; empty if the store cannot say
    void take(long order, Consumer<Optional<Boolean>> reply) {
        seats.take(holder, order, connection.executor(), answer -> {
            switch (answer) {
                case Answer.Value<Optional<Seating>>(var taken) -> {
                    taken.ifPresent(this::taken);
                    reply.accept(Optional.of(taken.isPresent()));
                }
                case Answer.Unavailable<Optional<Seating>> ignored -> reply.accept(Optional.empty());
            }
        });
    }

    private void taken(Seating seating) {
        epoch = seating.epoch();
        if (ended && !handedBack) {
            seats.leave(holder, epoch);
        }
    }

    /// Another gateway has given the seat to a session with this epoch.
    void newer(long other) {
        newerEpoch = Math.max(newerEpoch, other);
    }

    /// Whether a newer session elsewhere has the seat.
    boolean isOver() {
        return epoch != 0 && epoch < newerEpoch;
    }

    /// Looks how the seat stands, and again until the store can say.
    ///
    /// @param looked called once, after the first try
    void look(Reason ifGone, Runnable looked, Outcome outcome) {
        seats.look(holder, epoch, connection.executor(), answer -> {
            looked.run();
            switch (answer) {
                case Answer.Value<Hold>(var hold) -> stands(hold, ifGone, outcome);
                case Answer.Unavailable<Hold> ignored ->
                    connection.schedule(LOOK_AGAIN_AFTER, () -> again(ifGone, outcome));
            }
        });
    }

    private void again(Reason ifGone, Outcome outcome) {
        if (!ended) {
            look(ifGone, () -> {}, outcome);
        }
    }

    private void stands(Hold hold, Reason ifGone, Outcome outcome) {
        switch (hold) {
            case HERE -> outcome.held();
            case ELSEWHERE -> outcome.lost();
            case GONE -> outcome.gone(ifGone);
        }
    }

    /// What a look found.
    interface Outcome {
        /// This gateway has the seat, perhaps only from this look on: before it nobody was told of messages.
        void held();

        /// Another gateway has the seat.
        void lost();

        /// The activation is gone.
        void gone(Reason reason);
    }

    /// The session has ended, and nobody has its place.
    void leave() {
        ended = true;
        if (epoch != 0) {
            seats.leave(holder, epoch);
        }
    }

    /// The session has ended, and the one of this gateway whose place it had comes back to it.
    void handBack() {
        ended = true;
        handedBack = true;
    }
}
