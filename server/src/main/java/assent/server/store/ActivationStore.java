package assent.server.store;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import java.time.Instant;
import java.util.Optional;

/// Numbers that are bound to devices. Thread-safe; blocks.
public interface ActivationStore {
    /// @throws StoreException if the store cannot be read
    Optional<Activation> activation(DeviceId deviceId) throws StoreException;

    /// Whether this device has a number.
    ///
    /// @throws StoreException if the store cannot be read
    default boolean isActivated(DeviceId deviceId) throws StoreException {
        return activation(deviceId).isPresent();
    }

    /// Whether the device's number has a registration PIN, and nobody has noted yet that the device was
    /// seen today.
    ///
    /// @throws StoreException if the store cannot be read
    boolean isToBeSeen(DeviceId deviceId, Instant now) throws StoreException;

    /// The device that has this number.
    ///
    /// @throws StoreException if the store cannot be read
    Optional<DeviceId> deviceOf(PhoneNumber number) throws StoreException;

    /// Whether any device has this number.
    ///
    /// @throws StoreException if the store cannot be read
    default boolean isActivated(PhoneNumber number) throws StoreException {
        return deviceOf(number).isPresent();
    }
}
