package assent.server.store;

import assent.protocol.PhoneNumber;
import java.util.Optional;

/// The seats of a gateway that has its store to itself: its own table of live sessions says who has a
/// seat, and all that is asked of the store is whether the activation is there. Thread-safe.
public final class LoneSeats implements SeatStore {
    private final ActivationStore activations;

    public LoneSeats(ActivationStore activations) {
        this.activations = activations;
    }

    @Override
    public Optional<Seating> take(Holder holder, long order) throws StoreException {
        return activations.isActivated(holder.deviceId()) ? Optional.of(Seating.of(order)) : Optional.empty();
    }

    @Override
    public Hold look(Holder holder, long epoch) throws StoreException {
        return activations.isActivated(holder.deviceId()) ? Hold.HERE : Hold.GONE;
    }

    @Override
    public Optional<Seat> find(PhoneNumber number) {
        return Optional.empty();
    }

    @Override
    public void leave(Holder holder, long epoch) {}
}
