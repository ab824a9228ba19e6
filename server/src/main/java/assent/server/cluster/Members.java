package assent.server.cluster;

import assent.server.store.GatewayId;
import assent.server.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The gateways on one store, each as it says of itself every few seconds. Thread-safe; blocks.
public interface Members {
    /// This gateway.
    GatewayId self();

    /// All that have said within the last minute how they are, this one among them as it is now.
    ///
    /// @throws StoreException if the store cannot say
    List<Seen> list() throws StoreException;

    /// This gateway as it is now, without asking the store.
    Seen own();

    /// Why devices are to go to other gateways; empty if nothing among the gateways is in this
    /// one's way. Does not block.
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /// Has this gateway say how it is soon, since that has changed. Does not block.
    void changed();

    /// What is known of one gateway.
    ///
    /// @param silentFor since it said so
    /// @param isLost silent for so long that its sessions count as ended
    record Seen(GatewayId id, Member member, Duration silentFor, boolean isLost) {}

    /// A gateway that has its store to itself.
    static Members alone(Supplier<Member> self) {
        GatewayId id = GatewayId.random();
        return new Members() {
            @Override
            public GatewayId self() {
                return id;
            }

            @Override
            public Seen own() {
                return new Seen(id, self.get(), Duration.ZERO, false);
            }

            @Override
            public List<Seen> list() {
                return List.of(own());
            }

            @Override
            public void changed() {}
        };
    }
}
