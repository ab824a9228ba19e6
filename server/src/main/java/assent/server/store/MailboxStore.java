package assent.server.store;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Messages that wait. Thread-safe; blocks.
public interface MailboxStore {
    /// The messages of a mailbox after `afterSequence`, in order: at most `countMax`, and no more once
    /// their bodies have reached `bytesMax`, but at least one if there is one. Those that have expired are
    /// invisible, and all of them while the mailbox's activation is suspended.
    ///
    /// @param clock asked when the rows are there. An earlier time could lie before the acceptance of one of
    ///     them, which would look like one from before a clock that went back: passed over, and then shown late
    /// @throws StoreException if the store cannot be read
    List<StoredMessage> messages(DeviceId mailbox, long afterSequence, int countMax, int bytesMax, InstantSource clock)
            throws StoreException;

    /// Whether the mailbox of `to` remembers at `now` that this message of this sending device was
    /// delivered. False also if it waits, expired, was erased, or was never there. A number without a
    /// mailbox costs the same look-ups as one with.
    ///
    /// @throws StoreException if the store cannot be read
    boolean isDelivered(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now) throws StoreException;
}
