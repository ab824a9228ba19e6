package assent.server.store;

import assent.protocol.ConsentId;
import java.util.Optional;

/// Stored approvals. Thread-safe; blocks.
public interface ConsentStore {
    /// @throws StoreException if the store cannot be read
    Optional<Consent> consent(ConsentId id) throws StoreException;
}
