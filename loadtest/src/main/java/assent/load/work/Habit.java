package assent.load.work;

/// What a pair does by itself. Called on its event loop; may be shared by all pairs.
interface Habit {
    Habit NONE = new Habit() {};

    /// The server has answered to a text, or it has gone wrong: there is room for another.
    default void answered(Pair pair) {}

    /// A text is done, or has gone wrong.
    default void done(Pair pair) {}
}
