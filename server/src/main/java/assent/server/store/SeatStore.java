package assent.server.store;

import assent.protocol.PhoneNumber;
import java.util.Optional;

/// Which gateway has a number's live session. Thread-safe; blocks: called from store threads only.
///
/// A seat says where to send word of what concerns the session, and it fences: once another gateway has
/// it, this one can take nothing out of the mailbox any more. It is no lock. A session enters the table
/// of its own gateway first, then takes the seat, and whoever takes it last has it.
public interface SeatStore {
    /// Gives the number's seat to this gateway, if the activation is still there. In one step: whoever
    /// withdraws or supersedes it comes before, and this finds nothing, or after, and finds the seat.
    ///
    /// @param order rises with each session of this gateway
    /// @return empty if the activation is gone
    Optional<Seating> take(Holder holder, long order) throws StoreException;

    /// How the seat of a session of this gateway stands. If nobody has it, as when a failing store forgot
    /// who had, this gateway has it from now on.
    ///
    /// @param epoch of the session's [Seating], which it gets back then; 0 while it is not known
    Hold look(Holder holder, long epoch) throws StoreException;

    /// Whose seat it is, also this gateway's.
    ///
    /// @return empty if nobody has it, or if this gateway has the store to itself: its table of sessions says so
    Optional<Seat> find(PhoneNumber number) throws StoreException;

    /// Leaves the seat, unless another has taken it since.
    ///
    /// @param epoch of the [Seating]
    void leave(Holder holder, long epoch) throws StoreException;
}
