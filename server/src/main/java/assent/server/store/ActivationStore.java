package assent.server.store;

import assent.protocol.DeviceId;
import java.util.Optional;

/// Numbers that are bound to devices. Thread-safe; blocks.
public interface ActivationStore {
    /// @throws StoreException if the store cannot be read
    Optional<Activation> activation(DeviceId deviceId) throws StoreException;
}
