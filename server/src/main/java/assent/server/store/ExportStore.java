package assent.server.store;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import java.util.List;
import java.util.Optional;

/// Everything that is held about one device, for its user to read. Thread-safe; blocks. Each call
/// sees the store as it is then: messages come and go between two of them.
public interface ExportStore {
    /// @return empty if there is no such device (any more)
    /// @throws StoreException if the store cannot be read
    Optional<HeldData> held(DeviceId device) throws StoreException;

    /// The messages in the device's mailbox after `afterSequence`, in order, also those that
    /// [MailboxStore#messages] does not show any more or not now: at most `countMax`, and no more once
    /// their bodies have reached `bytesMax`, but at least one if there is one.
    ///
    /// @throws StoreException if the store cannot be read
    List<StoredMessage> heldMessages(DeviceId device, long afterSequence, int countMax, int bytesMax)
            throws StoreException;

    /// What became of messages, of those that are remembered in the device's own mailbox.
    ///
    /// @param after where the page before this one ended; empty for the first
    /// @param rowsMax how many rows are looked at
    /// @throws StoreException if the store cannot be read
    OutcomePage outcomes(DeviceId device, Optional<Bytes> after, int rowsMax) throws StoreException;
}
