package assent.server.cli;

import assent.server.config.GatewayConfig;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import assent.server.store.copy.RestingStore;

/// Opens stores that no gateway has open; knows all adapters.
public interface StoreOpener {
    /// What a store is opened for.
    enum Use {
        /// It must be there.
        SOURCE,
        /// It is made if it is not there.
        TARGET
    }

    /// @param config for whatever the address does not say
    /// @throws StoreException if it is not there, in use, of other keys or another version
    RestingStore open(StoreAddress address, GatewayConfig config, Keys keys, Use use) throws StoreException;

    /// Erases every activation of the embedded store, which is a backup that was put back.
    ///
    /// @return how many
    /// @throws StoreException if it is no such backup, in use, of other keys or another version
    default int forgetActivations(GatewayConfig config, Keys keys) throws StoreException {
        throw new StoreException("there is no embedded store");
    }
}
