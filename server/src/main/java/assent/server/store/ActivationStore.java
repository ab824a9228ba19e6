package assent.server.store;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import java.util.Optional;

/// Numbers that are bound to devices. Thread-safe; blocks.
public interface ActivationStore {
    /// @throws StoreException if the store cannot be read
    Optional<Activation> activation(DeviceId deviceId) throws StoreException;

    /// Whether any device has this number.
    ///
    /// @throws StoreException if the store cannot be read
    boolean isActivated(PhoneNumber number) throws StoreException;
}
