package assent.server.store;

/// One question to the store.
///
/// @param <R> the answer
@FunctionalInterface
public interface Read<R> {
    /// Runs on a thread of the store's, where it may block.
    ///
    /// @throws StoreException if the store cannot be read
    R from(Store store) throws StoreException;
}
