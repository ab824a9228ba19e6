package assent.server.store;

import java.util.List;

/// Takes the committer's steps. Called by one thread; blocks.
@FunctionalInterface
public interface StepStore {
    /// Applies all writes as one step that is durable when the method returns. Each write is all or
    /// nothing. An adapter that keeps everything in one place may make the whole step so, too; where it is
    /// not, a step that failed may have kept some of its writes, and any of them may be asked for again.
    ///
    /// @return one result for each write, in order, of the type that the write names
    /// @throws StoreException if the step failed; then none of its writes may be acknowledged to
    ///     anybody. If it failed for good ([StoreException#isFinal]), so does every later step
    List<Write.Result> apply(List<Write<?>> batch) throws StoreException;
}
