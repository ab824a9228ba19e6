package assent.server.store;

import assent.protocol.Bytes;
import java.time.Duration;
import java.util.Optional;

/// At which gateway a text is awaited that a phone is to send by SMS: the carrier may hand it to another.
/// Thread-safe; blocks: called from store threads only.
public interface AwaitedTextStore {
    /// This gateway awaits the text.
    ///
    /// @param textMac of the text, which was chosen at random for one challenge
    /// @param lifetime the note is gone afterwards
    void await(Bytes textMac, Duration lifetime) throws StoreException;

    /// Which gateway awaits it, this one included; empty if none does.
    Optional<GatewayId> whoAwaits(Bytes textMac) throws StoreException;
}
