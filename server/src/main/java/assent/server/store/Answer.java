package assent.server.store;

/// What comes back from the store's threads: a value, or the word that the store cannot do it now.
///
/// @param <R> the value
public sealed interface Answer<R> {
    record Value<R>(R value) implements Answer<R> {}

    /// The queue was full, the store failed, or it is closing: nothing was kept, and trying again may
    /// help.
    record Unavailable<R>() implements Answer<R> {}
}
