package assent.server.session;

import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.cluster.Letter;
import assent.server.cluster.Post;
import assent.server.store.ActivationStore;
import assent.server.store.Answer;
import assent.server.store.Awaiting;
import assent.server.store.Hold;
import assent.server.store.Holder;
import assent.server.store.LoneSeats;
import assent.server.store.SeatStore;
import assent.server.store.Seating;
import assent.server.store.StoreException;
import assent.server.store.StoreReads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Takes and leaves seats for sessions, on the store's threads. Thread-safe; replies come on the caller's
/// event loop.
///
/// Taking the seat is the second look at the activation: a session that is in the table of live sessions
/// before it asks cannot miss a withdrawal or a supersession. Either this finds the activation gone, or
/// whoever removed it finds the session.
public final class Seats {
    /// A phone has gone elsewhere by then, and must not lose its seat there: this gateway has stood still.
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(5);

    private final StoreReads threads;
    private final SeatStore store;
    private final Post post;
    private final boolean shared;

    private Seats(StoreReads threads, SeatStore store, Post post, boolean shared) {
        this.threads = threads;
        this.store = store;
        this.post = post;
        this.shared = shared;
    }

    /// Of a gateway that has its store to itself.
    public static Seats alone(StoreReads threads, ActivationStore store) {
        return new Seats(threads, new LoneSeats(store), Post.NOBODY, false);
    }

    /// Of one of several gateways on one store.
    public static Seats shared(StoreReads threads, SeatStore store, Post post) {
        return new Seats(threads, store, post, true);
    }

    /// Whether a number's session may be at another gateway.
    boolean areShared() {
        return shared;
    }

    /// Takes the seat. A session of another gateway that had it is told to go, whatever becomes of the
    /// one that asks: it can take nothing out of its mailbox any more.
    ///
    /// @param order of the session's entry in the table
    /// @param reply empty if the activation is gone
    void take(Holder holder, long order, Executor loop, Consumer<Answer<Optional<Seating>>> reply) {
        long askedNanos = System.nanoTime();
        threads.read(
                ignored -> {
                    if (System.nanoTime() - askedNanos > TAKEN_WITHIN.toNanos()) {
                        throw new StoreException("a seat was asked for too long ago");
                    }
                    var taken = store.take(holder, order);
                    taken.ifPresent(seating -> sendAway(holder, seating));
                    return taken;
                },
                loop,
                reply);
    }

    private void sendAway(Holder holder, Seating seating) {
        seating.before()
                .ifPresent(before -> post.send(
                        before.gateway(),
                        new Letter.GiveWay(
                                before.device(),
                                seating.epoch(),
                                !before.device().equals(holder.deviceId()))));
    }

    /// Has the number's session look at its activation, if it is at another gateway.
    public void lookAgain(PhoneNumber number, Reason ifGone) {
        post.follow(number, seat -> new Letter.LookAgain(seat.device(), ifGone));
    }

    /// Which gateway has the number's live session. Blocks: for operators' requests.
    ///
    /// @return empty if none has; the gateway may be lost, though
    /// @throws StoreException if the store cannot say
    public Optional<assent.server.store.Seat> find(PhoneNumber number) throws StoreException {
        return Awaiting.read(threads, ignored -> store.find(number));
    }

    /// Ends the session that has this seat, if it is at another gateway; the device may sign in again.
    public void signOut(assent.server.store.Seat seat) {
        post.send(seat.gateway(), new Letter.SignOut(seat.device()));
    }

    /// How the session's seat stands.
    ///
    /// @param epoch of the session; 0 while it is not known
    void look(Holder holder, long epoch, Executor loop, Consumer<Answer<Hold>> reply) {
        threads.read(ignored -> store.look(holder, epoch), loop, reply);
    }

    /// Leaves the seat. If the store cannot do it now, the seat stays this gateway's until another takes
    /// it: what is sent to it then finds no session.
    void leave(Holder holder, long epoch) {
        if (!shared) {
            return;
        }
        threads.read(
                ignored -> {
                    store.leave(holder, epoch);
                    return true;
                },
                Runnable::run,
                ignored -> {});
    }
}
