package assent.server.store;

import assent.protocol.DeviceId;

/// Whom users block. Thread-safe; blocks.
public interface BlockStore {
    /// Whom the user of this device blocks now; nobody if there is no such device.
    ///
    /// @throws StoreException if the store cannot be read
    Blocked blocked(DeviceId mailbox) throws StoreException;
}
