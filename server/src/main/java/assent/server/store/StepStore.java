package assent.server.store;

import java.util.List;

/// Takes the committer's steps. Called by one thread; blocks.
@FunctionalInterface
public interface StepStore {
    /// Applies all writes as one atomic step that is durable when the method returns.
    ///
    /// @return one result for each write, in order, of the type that the write names
    /// @throws StoreException if the step failed; then none of its writes may be acknowledged to
    ///     anybody. If it failed for good ([StoreException#isFinal]), so does every later step
    List<Write.Result> apply(List<Write<?>> batch) throws StoreException;
}
